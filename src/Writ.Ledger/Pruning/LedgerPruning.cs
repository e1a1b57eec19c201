namespace Writ.Ledger.Pruning;

/// <summary>Lets old records of a ledger go, a segment at a time. Thread safe.</summary>
public static class LedgerPruning
{
    /// <summary>
    /// Which segments of records can go: the longest row from the first on that is full, whose hashes are kept, and in which every log ends at or
    /// below its limit and under its last signed checkpoint. A log that has no limit lets nothing of it go. Reads the hashes on the caller's thread.
    /// </summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="limits">By origin, the index before which records of the log may go.</param>
    public static PruningPlan PlanPruning(this MerkleLedger ledger, IReadOnlyDictionary<string, ulong> limits)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(limits);
        lock (ledger.Pruning)
            return ledger.Pruner.Plan(limits);
    }

    /// <summary>
    /// Removes the segments that <see cref="PlanPruning"/> names for these limits, for good. Their hashes stay, and so do every root, proof and checkpoint.
    /// Says in the folder, signed, that it was on purpose. Does disk work on the caller's thread. Null when they are gone; what a crash or a fault left is
    /// removed when it is asked for again.
    /// </summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="limits">By origin, the index before which records of the log may go.</param>
    /// <param name="recorded">Where it is recorded who removes them: lines without a line feed, each the origin of a log and what names the record in it.</param>
    /// <exception cref="ArgumentException">A line is empty or has a line feed.</exception>
    public static LedgerFault? PruneSegments(this MerkleLedger ledger, IReadOnlyDictionary<string, ulong> limits, IReadOnlyList<string> recorded)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(recorded);
        if (recorded.Any(line => line.Length == 0 || line.Contains('\n')))
            throw new ArgumentException("a line of the note is empty or has a line feed", nameof(recorded));
        lock (ledger.Pruning)
        {
            var plan = ledger.Pruner.Plan(limits);
            return plan.LastSegment == ledger.PrunedSegments ? null : ledger.Pruner.Prune(plan, recorded);
        }
    }
}
