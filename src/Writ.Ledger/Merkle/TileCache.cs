using Writ.Crypto.Hashing;

namespace Writ.Ledger.Merkle;

/// <summary>
/// The leaf hashes of the tiles of one log that proofs read last, 8 KiB each: proofs in one tree share the tile at its end. What is in it was
/// held against the tree where the tile is complete. Thread safe.
/// </summary>
internal sealed class TileCache
{
    private const int Kept = 8;

    private readonly Entry?[] _entries = new Entry?[Kept];

    /// <summary>At least so many of a tile's hashes; null where they are not here.</summary>
    public Hash256[]? Find(ulong tile, int count) =>
        Volatile.Read(ref _entries[tile % Kept]) is { } entry && entry.Tile == tile && entry.Hashes.Length >= count ? entry.Hashes : null;

    /// <summary>Keeps a tile's hashes, which nobody may change any more.</summary>
    public void Add(ulong tile, Hash256[] hashes) => Volatile.Write(ref _entries[tile % Kept], new Entry(tile, hashes));

    private sealed record Entry(ulong Tile, Hash256[] Hashes);
}
