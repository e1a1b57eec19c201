using System.Collections.Immutable;

namespace Writ.Ledger;

/// <summary>What a <see cref="LatencyHistogram"/> counted. Immutable.</summary>
/// <param name="Counts">How many fell into each bucket, by <see cref="LatencyHistogram.Bounds"/>, and last how many were longer.</param>
/// <param name="Sum">How long they took together.</param>
public sealed record LatencyCounts(ImmutableArray<long> Counts, TimeSpan Sum);
