using System.Collections.Immutable;
using Writ.Ledger;

namespace Writ.Governance.Feeds;

/// <summary>What was read of a log.</summary>
/// <param name="Records">The wanted records, in order; there may be none.</param>
/// <param name="End">Where to read on.</param>
public readonly record struct FeedRange(ImmutableArray<LedgerRecord> Records, ulong End);
