using Writ.Crypto.Hashing;

namespace Writ.Ledger.Pruning;

/// <summary>The records of one log that pruning would remove. Immutable.</summary>
/// <param name="Log">The log.</param>
/// <param name="From">The first of them: the log's minimum index as it is.</param>
/// <param name="To">The index after the last: the minimum index as it would be.</param>
/// <param name="Root">The root over the first <paramref name="To"/> records.</param>
public sealed record PrunedPart(LogicalLog Log, ulong From, ulong To, Hash256 Root);
