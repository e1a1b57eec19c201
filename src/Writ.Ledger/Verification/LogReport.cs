using Writ.Crypto.Hashing;

namespace Writ.Ledger.Verification;

/// <summary>What was proved of one log. Immutable.</summary>
/// <param name="Origin">The log.</param>
/// <param name="Size">How many records were found.</param>
/// <param name="Root">The root over them, computed from their bytes; of those that were pruned, from their leaf hashes.</param>
/// <param name="IsProved">True when every record hangs in the chain of batches and every root on the way was right.</param>
/// <param name="CheckpointSize">
/// The size of the signed checkpoint that these records contain; null when none was given or it does not fit. Records after it are
/// proved unaltered only as far as one trusts that nobody rewrote the end.
/// </param>
public sealed record LogReport(string Origin, ulong Size, Hash256 Root, bool IsProved, ulong? CheckpointSize)
{
    /// <summary>The records whose payload was removed on purpose, in order. Whether it should have been is not the ledger's to say.</summary>
    public IReadOnlyList<ulong> PrunedPayloads { get; init; } = [];

    /// <summary>The log as it was verified, to read its records; nothing can be appended to it.</summary>
    public required LogicalLog Log { get; init; }
}
