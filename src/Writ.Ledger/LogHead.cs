using Writ.Crypto.Hashing;

namespace Writ.Ledger;

/// <summary>A state of one log: how many records, and the RFC 6962 root over them. Immutable.</summary>
/// <param name="Size">Number of records; 0 for an empty log.</param>
/// <param name="Root">The root hash; SHA-256 of nothing for an empty log.</param>
public sealed record LogHead(ulong Size, Hash256 Root)
{
    /// <summary>The head of an empty log.</summary>
    public static LogHead Empty { get; } = new(0, MerkleHash.EmptyRoot);
}
