namespace Writ.Governance.Querying;

/// <summary>What a filter wants of a stretch of a log.</summary>
/// <param name="Indexes">The wanted records, in order; there may be none.</param>
/// <param name="End">Where the stretch ends; what lies beyond was not looked at.</param>
public sealed record LiveSelection(IReadOnlyList<ulong> Indexes, ulong End);
