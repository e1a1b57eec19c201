using Writ.Crypto.Hashing;

namespace Writ.Ledger.Merkle;

/// <summary>Fills <paramref name="hashes"/> with the leaf hashes from <paramref name="first"/> on; false when they cannot be read.</summary>
internal delegate bool LeafReader(ulong first, Span<Hash256> hashes);
