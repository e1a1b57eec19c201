using Writ.Ledger.Checkpoints;
using Writ.Ledger.Disks;
using Writ.Ledger.Hashes;
using Writ.Ledger.Pruning;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Recovery;

/// <summary>
/// Opens what is on disk: reads and checks everything, but for full segments that nobody touched since their hashes were made, compares
/// it with the kept checkpoints, and only then cleans up what a crash left. A refusal changes nothing.
/// </summary>
internal sealed class LedgerRecovery(LedgerOptions options, SegmentFolder records, SegmentFolder vault, HashFolder hashes)
{
    public HistoryFold History { get; private set; } = new();

    public VaultFold Payloads { get; private set; } = null!;

    public FamilyEnd RecordsEnd { get; private set; } = new();

    public FamilyEnd VaultEnd { get; private set; } = new();

    public LedgerId Ledger { get; private set; }

    /// <summary>The logs by number, the catalog included.</summary>
    public Dictionary<uint, LogicalLog> Logs { get; } = [];

    public HashFolder Hashes { get; } = hashes;

    private PruningNote? _note;

    public RecoveryReport Report { get; private set; } = null!;

    public LedgerFault? Run(CheckpointKeeper keeper, CancellationToken cancellationToken) =>
        FindPruned() ?? (ReadAll(believe: true, cancellationToken) is null ? null : ReadAll(believe: false, cancellationToken))
        ?? Compare(keeper) ?? CleanUp(records, RecordsEnd) ?? CleanUp(vault, VaultEnd);

    private LedgerFault? FindPruned()
    {
        _note = PruningNote.Read(options.Disk, options.DataFolder, Hashes.Keys, out var isRefused);
        return isRefused
            ? new LedgerFault(LedgerFaultKind.PruningUnproved, $"{Path.Combine(options.DataFolder, PruningNote.FileName)} is damaged or was not signed by a key of this installation: restore it")
            : null;
    }

    /// <summary>Hashes are believed for what they save, never for a refusal: where they lead to one, every byte is read.</summary>
    private LedgerFault? ReadAll(bool believe, CancellationToken cancellationToken)
    {
        History = new HistoryFold();
        Logs.Clear();
        Payloads = new VaultFold(History);
        var fault = new FamilyReader(records, options.SegmentBytes, Hashes, believe, _note?.LastSegment ?? 0).Read(
            History.Enter,
            (batch, segment, problems) =>
            {
                History.Add(batch, segment, problems);
                return true;
            },
            cancellationToken,
            out var recordsEnd);
        RecordsEnd = recordsEnd;
        if (fault is not null)
            return fault;
        fault = new FamilyReader(vault, options.VaultSegmentBytes, Hashes, believe).Read(
            (header, problems) =>
            {
                Ledger = header.Ledger;
                Payloads.Enter(header, problems);
            },
            Payloads.Add,
            cancellationToken,
            out var vaultEnd);
        VaultEnd = vaultEnd;
        if (fault is not null)
            return fault;
        if (Payloads.LastBatch < History.VaultBatches)
            return new LedgerFault(
                LedgerFaultKind.Damaged,
                $"{vault.Path} ends with vault batch {Payloads.LastBatch}, and batch {History.LastBatch} of the log relies on {History.VaultBatches}");

        if (_note is not null && History.Ledger?.ToHex() != _note.Ledger)
            return new LedgerFault(LedgerFaultKind.PruningUnproved, $"{Path.Combine(options.DataFolder, PruningNote.FileName)} is of another ledger");

        // A vault batch can be durable before the very first record is: then only the vault knows the ledger's id.
        Ledger = History.Ledger ?? (Ledger == default ? LedgerId.Draw() : Ledger);
        foreach (var (number, history) in History.Logs)
            Logs[number] = new LogicalLog(history, records, vault, Hashes);
        foreach (var (number, runs) in RecordsEnd.Hashed)
        {
            foreach (var run in runs)
            {
                Logs[run.Log].Hashes!.Add(in run, number);
                if (number <= RecordsEnd.PrunedSegments)
                    Logs[run.Log].Prune(run.First + (ulong)run.Count);
            }
        }

        Report = new RecoveryReport(
            RecordsEnd.UsedSegments,
            History.LastBatch,
            History.Records,
            RecordsEnd.WipedBytes,
            VaultEnd.WipedBytes)
        {
            Unread = RecordsEnd.Hashed.Count + VaultEnd.Hashed.Count,
            RefusedHashes = [.. RecordsEnd.RefusedHashes, .. VaultEnd.RefusedHashes],
        };
        return null;
    }

    private LedgerFault? Compare(CheckpointKeeper keeper)
    {
        var origins = Logs.Values.ToDictionary(l => l.Origin, StringComparer.Ordinal);
        foreach (var checkpoint in keeper.All())
        {
            if (CheckpointComparison.Compare(checkpoint, origins.GetValueOrDefault(checkpoint.Origin)) is { } fault)
                return fault;
        }

        foreach (var log in Logs.Values)
        {
            if (log.Number != Format.CatalogLog && keeper.Last(log.Origin) is null)
                return new LedgerFault(
                    LedgerFaultKind.CheckpointMissing,
                    $"{log.Origin} has {log.Head.Size} records and no kept checkpoint: restore the configuration folder, a rollback could not be told");
        }

        return null;
    }

    private LedgerFault? CleanUp(SegmentFolder folder, FamilyEnd end)
    {
        foreach (var path in end.RefusedHashes)
        {
            if (Hashes.Refuse(path) is { } kept)
                return new LedgerFault(LedgerFaultKind.StorageFailed, kept.ToString());
        }

        foreach (var path in end.Leftovers)
        {
            if (folder.Disk.Delete(path) is { } fault)
                return new LedgerFault(LedgerFaultKind.StorageFailed, fault.ToString());
        }

        foreach (var (segment, offset, length) in end.Wipes)
        {
            if (Overwrite(folder, segment, offset, length, rewrite: false) is { } fault)
                return new LedgerFault(LedgerFaultKind.StorageFailed, fault.ToString());
        }

        // After a failed flush the page cache may hold a last batch that the disk does not: written and flushed again, it is sure.
        if (end.ActiveOffset > end.LastBatchOffset
            && Overwrite(folder, end.ActiveSegment, end.LastBatchOffset, end.ActiveOffset - end.LastBatchOffset, rewrite: true) is { } unsure)
            return new LedgerFault(LedgerFaultKind.StorageFailed, unsure.ToString());

        return end.Leftovers.Count > 0 && folder.Disk.FlushFolder(folder.Path) is { } unflushed
            ? new LedgerFault(LedgerFaultKind.StorageFailed, unflushed.ToString())
            : null;
    }

    private static DiskFault? Overwrite(SegmentFolder folder, ulong segment, long offset, long length, bool rewrite)
    {
        if (!folder.Disk.TryOpen(folder.PathOf(segment), DiskAccess.Write, out var file, out var fault))
            return fault;
        using (file)
        {
            var bytes = new byte[Math.Min(length, 1024 * 1024)];
            for (var done = 0L; done < length && fault is null; done += bytes.Length)
            {
                var part = bytes.AsSpan(0, (int)Math.Min(bytes.Length, length - done));
                if (rewrite)
                    fault = file.Read(offset + done, part, out _);
                fault ??= file.Write(offset + done, part);
            }

            return fault ?? file.Flush();
        }
    }
}
