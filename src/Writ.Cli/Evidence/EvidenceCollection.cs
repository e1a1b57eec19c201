using System.Text.Json;
using Writ.Cli.Ledgers;
using Writ.Cli.Terminal;
using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;
using Writ.Ledger.Tiles;

namespace Writ.Cli.Evidence;

/// <summary>Looks through the logs of a server, each up to the size it had, for what answers a question, and packs it with its proofs. Used once.</summary>
internal sealed class EvidenceCollection(EvidenceQuestion question, Ed25519PublicKey key, CoveringCheckpoint checkpoints, DateTimeOffset now)
{
    /// <summary>The most records that one pack holds.</summary>
    public const int MaxRecords = 100_000;

    private readonly EvidenceSelection _selection = new(question);
    private readonly EvidenceReport _report = new(question, now);
    private readonly EvidencePack _pack = new(now);

    /// <summary>How many records there are in it.</summary>
    public int Records { get; private set; }

    /// <summary>The zip; null, and why, where it cannot be made.</summary>
    public async Task<(byte[]? Zip, Trouble? Trouble)> MakeAsync((ILogReader Reader, ulong Size) decisions, (ILogReader Reader, ulong Size) control, CancellationToken cancellation)
    {
        if (await AddAsync("decisions", decisions, TakesDecision, cancellation) is { } trouble)
            return (null, trouble);
        if (_selection.Decisions == 0)
            return (null, new Trouble(ExitCode.No, $"there is no decision of {question.Words}"));
        if (await AddAsync("control", control, (_, record) => _selection.TakesControl(record), cancellation) is { } unread)
            return (null, unread);
        _pack.Add(EvidencePack.Report, _report.ToHtml());
        return (_pack.ToBytes(question), null);
    }

    private bool TakesDecision(ulong index, JsonElement record)
    {
        if (!_selection.TakesDecision(index, record))
            return false;
        _report.Add(index, record.Clone());
        return true;
    }

    private async Task<Trouble?> AddAsync(string name, (ILogReader Reader, ulong Size) at, Func<ulong, JsonElement, bool> takes, CancellationToken cancellation)
    {
        var log = new TiledLog(at.Reader);
        var (signed, fault) = await checkpoints.FindAsync(log, at.Reader, at.Size - 1, cancellation);
        if (signed is null)
            return LedgerTroubles.Of(fault!);
        _pack.AddLog(name, signed, NoteVerifierKey.ForLog(signed.Checkpoint.Origin, key));
        for (var bundle = 0UL; bundle * TilePath.FullWidth < signed.Checkpoint.Size; bundle++)
        {
            if (!(await log.LookThroughAsync(bundle, signed.Checkpoint.Size, cancellation)).TryGet(out var entries, out fault))
                return LedgerTroubles.Of(fault);
            for (var i = 0; i < entries.Count; i++)
            {
                var index = bundle * TilePath.FullWidth + (ulong)i;
                using var record = JsonDocument.Parse(entries[i]);
                if (takes(index, record.RootElement) && await AddAsync(name, log, index, signed, cancellation) is { } trouble)
                    return trouble;
            }
        }

        return null;
    }

    private async Task<Trouble?> AddAsync(string name, TiledLog log, ulong index, SignedCheckpoint signed, CancellationToken cancellation)
    {
        if (++Records > MaxRecords)
            return new Trouble(ExitCode.BadInput, $"this is more than {MaxRecords:N0} records") { Advice = "Ask for less: a task, or a range." };
        if (!(await log.ReadEntryAsync(index, signed.Checkpoint, cancellation)).TryGet(out var entry, out var fault))
            return LedgerTroubles.Of(fault);
        _pack.Add(name, entry, signed);
        return null;
    }
}
