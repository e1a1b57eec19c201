using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Crypto.Hashing;
using Writ.Ledger;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;
using Writ.Ledger.Tiles;
using Writ.Ledger.Trust;

namespace Writ.Cli.Ledgers;

/// <summary>Checks logs that somebody serves or keeps as tiles: every entry and tile, and that they continue what was seen before.</summary>
internal sealed class TiledVerification(TrustPolicy policy, string? rememberedFile, TimeSpan? aliveWithin, TimeProvider time)
{
    /// <summary>True when a folder holds a log as tiles.</summary>
    public static bool IsTiles(string folder) => File.Exists(Path.Combine(folder, "checkpoint")) && Directory.Exists(Path.Combine(folder, "tile"));

    public async Task<ExitCode> RunAsync(Screen screen, IReadOnlyList<(string Place, ILogReader Reader)> logs, CancellationToken cancellation)
    {
        if (rememberedFile is not null && logs.Count > 1)
            return screen.Fail(new Trouble(ExitCode.BadInput, "--seen remembers one log, and this is several") { Advice = "Name one: …/log/decisions" });
        var done = new List<(SignedCheckpoint Signed, TiledLogReport Report, ulong? Seen)>();
        foreach (var (place, reader) in logs)
        {
            var log = new TiledLog(reader);
            if (!(await log.ReadCheckpointAsync(policy, cancellation)).TryGet(out var signed, out var unread))
                return screen.Fail(LedgerTroubles.Of(unread));
            var seen = Remembered(signed.Checkpoint.Origin, out var trouble);
            if (trouble is not null)
                return screen.Fail(trouble);
            if (seen is not null && await ContradictsAsync(log, seen, signed.Checkpoint, cancellation) is { } fault)
                return screen.Fail(LedgerTroubles.Of(fault));
            var report = await log.VerifyAsync(signed.Checkpoint, cancellationToken: cancellation);
            if (aliveWithin is { } within && await SilentAsync(log, signed.Checkpoint, within, cancellation) is { } silent)
                report = report with { Findings = [.. report.Findings, silent] };
            done.Add((signed, report, seen?.Size));
        }

        if (rememberedFile is not null && done.All(d => d.Report.IsSound) && Remember(done[0].Signed) is { } unwritten)
            return screen.Fail(unwritten);
        return Show(screen, done, policy.NeedsWitnesses);
    }

    private Checkpoint? Remembered(string origin, out Trouble? trouble)
    {
        trouble = null;
        if (rememberedFile is null || !File.Exists(rememberedFile) || BytesFile.Read(rememberedFile, SignedNote.MaxLength, out trouble) is not { } note)
            return null;
        if (policy.Accept(note, out var seen) is { } fault)
            trouble = LedgerTroubles.Of(fault) with { Message = $"{rememberedFile}: {fault.Detail}" };
        else if (seen!.Checkpoint.Origin != origin)
            trouble = new Trouble(ExitCode.BadInput, $"{rememberedFile} remembers {seen.Checkpoint.Origin}, and this is {origin}");
        return trouble is null ? seen!.Checkpoint : null;
    }

    private static async Task<LedgerFault?> ContradictsAsync(TiledLog log, Checkpoint seen, Checkpoint now, CancellationToken cancellation) =>
        seen.Size > now.Size
            ? new LedgerFault(LedgerFaultKind.LogContradicted, $"{now.Origin} had {seen.Size} records when it was seen before and now shows {now.Size}: it was rolled back, or shows an old state")
            : (await log.ProveConsistencyAsync(seen, now, cancellation) as LogReading<IReadOnlyList<Hash256>>.Failed)?.Fault;

    /// <summary>A fault when the last record is older than it may be, or says no time.</summary>
    private async Task<LedgerFault?> SilentAsync(TiledLog log, Checkpoint checkpoint, TimeSpan within, CancellationToken cancellation)
    {
        if (checkpoint.Size == 0)
            return new LedgerFault(LedgerFaultKind.LogSilent, $"{checkpoint.Origin} has no record at all");
        if (!(await log.ReadEntryAsync(checkpoint.Size - 1, checkpoint, cancellation)).TryGet(out var last, out var fault))
            return fault;
        if (RecordTime.Of(last.Bytes) is not { } at)
            return new LedgerFault(LedgerFaultKind.LogSilent, $"the last record of {checkpoint.Origin} says no time");
        return time.GetUtcNow() - at > within
            ? new LedgerFault(LedgerFaultKind.LogSilent, $"{checkpoint.Origin} has been silent since {Instant.Of(at)}, longer than it may be: its end was cut off, or its server does not run")
            : null;
    }

    private Trouble? Remember(SignedCheckpoint signed)
    {
        try
        {
            var unfinished = rememberedFile + ".new";
            File.WriteAllBytes(unfinished, signed.Note.ToBytes());
            File.Move(unfinished, rememberedFile!, overwrite: true);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Trouble(ExitCode.BadInput, $"{rememberedFile} cannot be written: {failure.Message}");
        }
    }

    private static ExitCode Show(Screen screen, IReadOnlyList<(SignedCheckpoint Signed, TiledLogReport Report, ulong? Seen)> logs, bool witnessed)
    {
        // What changed Writ itself is never past a retention: whoever does not show it hides it.
        var hidden = logs.Select(l => l.Report).Where(report => report.Pruned > 0 && report.Checkpoint.Origin.EndsWith("/control", StringComparison.Ordinal)).ToArray();
        var pruned = logs.Any(l => l.Report.Pruned > 0);
        var sound = logs.All(l => l.Report.IsSound) && hidden.Length == 0;
        screen.Table(
            ["LOG", "RECORDS", "TILES", "SEEN BEFORE", "ROOT"],
            logs.Select(l => (string[])
            [
                InertText.Of(l.Report.Checkpoint.Origin), Number(l.Report.Checkpoint.Size), Number(l.Report.Tiles), l.Seen is { } seen ? Number(seen) : "no",
                l.Report.Checkpoint.Root.ToHex()[..16] + "…",
            ]));
        foreach (var finding in logs.SelectMany(l => l.Report.Findings))
            screen.Line($"found: {InertText.Of(finding.ToString())}", Look.Bad);
        foreach (var log in hidden)
            screen.Line($"found: {InertText.Of(log.Checkpoint.Origin)} is a control log, which is never pruned, and its first {Number(log.Pruned)} records are not shown", Look.Bad);
        screen.Line();
        screen.Line(
            sound ? $"sound: every record{(pruned ? " that is shown" : "")} and tile is what the signed checkpoint says" : "NOT SOUND: what is found above is missing or not what was signed for",
            sound ? Look.Good : Look.Bad);
        foreach (var log in logs.Select(l => l.Report).Where(report => report.Pruned > 0))
            screen.Line($"pruned: the first {Number(log.Pruned)} records of {InertText.Of(log.Checkpoint.Origin)} are shown no more; hashes present", Look.Quiet);
        var limits = Limits(logs.Any(l => l.Seen is null), witnessed, pruned).ToArray();
        foreach (var limit in limits)
            screen.Line($"not proved: {limit}", Look.Quiet);
        screen.Document(new JsonObject
        {
            ["sound"] = sound, ["witnessed"] = witnessed,
            ["logs"] = new JsonArray([.. logs.Select(l => (JsonNode)new JsonObject
            {
                ["origin"] = l.Report.Checkpoint.Origin, ["size"] = l.Report.Checkpoint.Size, ["root"] = l.Report.Checkpoint.Root.ToHex(),
                ["entries"] = l.Report.Entries, ["pruned"] = l.Report.Pruned, ["tiles"] = l.Report.Tiles, ["seen_before"] = l.Seen,
                ["findings"] = new JsonArray([.. l.Report.Findings.Select(f => (JsonNode)new JsonObject { ["code"] = f.Code, ["detail"] = f.Detail })]),
            })]),
            ["not_proved"] = new JsonArray([.. limits.Select(limit => (JsonNode)limit)]),
        });
        return sound ? ExitCode.Done
            : hidden.Length == 0 && logs.All(l => l.Report.Findings.All(f => f.Kind == LedgerFaultKind.LogUnreadable)) ? ExitCode.Failed
            : ExitCode.No;
    }

    private static IEnumerable<string> Limits(bool unseen, bool witnessed, bool pruned)
    {
        if (pruned)
            yield return "that what is shown no more was past its retention; whoever has the data folder can tell";
        if (unseen)
            yield return "that the log was not rewritten since you last looked; --seen FILE remembers its checkpoint for the next time";
        if (!witnessed)
            yield return "that it shows everybody the same; only witnesses can tell";
    }

    private static string Number(ulong value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
