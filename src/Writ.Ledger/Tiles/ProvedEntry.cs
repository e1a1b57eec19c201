using Writ.Crypto.Hashing;

namespace Writ.Ledger.Tiles;

/// <summary>An entry of a log with its proof of inclusion, which was verified. Immutable.</summary>
/// <param name="Index">Its zero-based place.</param>
/// <param name="Bytes">The entry.</param>
/// <param name="Proof">From the leaf's sibling to the root's child (RFC 6962 section 2.1.1).</param>
public sealed record ProvedEntry(ulong Index, ReadOnlyMemory<byte> Bytes, IReadOnlyList<Hash256> Proof);
