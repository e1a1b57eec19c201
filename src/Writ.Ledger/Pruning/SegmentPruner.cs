using Writ.Crypto.Signing;
using Writ.Ledger.Disks;
using Writ.Ledger.Hashes;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Pruning;

/// <summary>
/// Removes the first segments of records and keeps their hashes. In this order, so that a crash leaves no doubt: the hashes are durable, then the
/// note, then the segments go one after the other, the folder flushed after each. Not thread safe; the ledger's lock on pruning is held.
/// </summary>
internal sealed class SegmentPruner(MerkleLedger ledger, SegmentFolder records, HashFolder hashes, Ed25519PrivateKey key)
{
    /// <summary>
    /// The longest row of full segments from the first on in which every log ends at or below its limit and under its last signed checkpoint, and
    /// whose hashes are kept of the file as it is.
    /// </summary>
    public PruningPlan Plan(IReadOnlyDictionary<string, ulong> limits)
    {
        var ends = new Dictionary<LogicalLog, ulong>();
        var last = ledger.PrunedSegments;
        while (last < ledger.SealedSegments(SegmentKind.Records)
            && hashes.LoadUnchanged(records, last + 1, out _) is { } segment && CanGo(segment, limits))
        {
            last++;
            foreach (var run in segment.Runs.Where(run => run.Log != Format.CatalogLog))
                ends[ledger.LogOf(run.Log)!] = run.First + (ulong)run.Count;
        }

        var parts = new List<PrunedPart>();
        foreach (var (log, end) in ends.OrderBy(e => e.Key.Origin, StringComparer.Ordinal))
        {
            if (log.RootAt(end) is not { } root)
                return new PruningPlan(ledger.PrunedSegments, []);
            parts.Add(new PrunedPart(log, log.MinimumIndex, end, root));
        }

        return new PruningPlan(last, parts);
    }

    /// <summary>Removes what the plan names. Null when it is gone.</summary>
    public LedgerFault? Prune(PruningPlan plan, IReadOnlyList<string> recorded)
    {
        // Of each log the last record is enough: it says where the one before ended.
        var before = PruningNote.Read(ledger.Disk, ledger.DataFolder, hashes.Keys, out _)?.Recorded ?? [];
        var logs = recorded.Select(PruningNote.LogOf).ToHashSet(StringComparer.Ordinal);
        if (new PruningNote(ledger.Id.ToHex(), plan.LastSegment, [.. before.Where(line => !logs.Contains(PruningNote.LogOf(line))), .. recorded]).Write(ledger.Disk, ledger.DataFolder, key) is { } unwritten)
            return Failed(unwritten);
        // Who reads meanwhile is told that they are pruned, not that they are lost.
        foreach (var part in plan.Parts)
            part.Log.Prune(part.To);
        for (var number = ledger.PrunedSegments + 1; number <= plan.LastSegment; number++)
        {
            if ((records.Disk.Delete(records.PathOf(number)) is { IsNoEntry: false } left ? left : records.Disk.FlushFolder(records.Path)) is { } fault)
                return Failed(fault);
            ledger.PrunedSegments = number;
        }

        return null;
    }

    private bool CanGo(SegmentHashes segment, IReadOnlyDictionary<string, ulong> limits)
    {
        foreach (var run in segment.Runs)
        {
            if (run.Log == Format.CatalogLog)
                continue;
            var end = run.First + (ulong)run.Count;
            if (ledger.LogOf(run.Log) is not { } log || !limits.TryGetValue(log.Origin, out var limit) || end > limit
                || ledger.LastCheckpoint(log) is not { } signed || signed.Checkpoint.Size < end)
                return false;
        }

        return true;
    }

    private static LedgerFault Failed(DiskFault fault) => new(LedgerFaultKind.StorageFailed, $"records past their retention could not be removed: {fault}");
}
