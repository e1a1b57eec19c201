namespace Writ.Ledger.Pruning;

/// <summary>Which segments of records can go. Immutable.</summary>
/// <param name="LastSegment">All segments up to it; 0 for none.</param>
/// <param name="Parts">What of each log lies in them; nothing of the catalog, whose records stay with the hashes.</param>
public sealed record PruningPlan(ulong LastSegment, IReadOnlyList<PrunedPart> Parts);
