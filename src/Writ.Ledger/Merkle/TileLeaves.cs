using Writ.Crypto.Hashing;

namespace Writ.Ledger.Merkle;

/// <summary>
/// The leaf hashes of the tiles that one proof touches, each tile read once and, where it is complete, held against its root: a record that
/// was changed on the disk proves nothing. Not thread safe.
/// </summary>
/// <param name="store">The roots of complete tiles.</param>
/// <param name="leaves">Reads and hashes records.</param>
/// <param name="size">Where the tree ends.</param>
internal sealed class TileLeaves(SubtreeStore store, LeafReader leaves, ulong size)
{
    /// <summary>How many leaves a complete tile has.</summary>
    public const int Count = 1 << SubtreeStore.LowestLevel;

    private readonly Dictionary<ulong, Hash256[]> _tiles = [];

    /// <summary>The root over leaves of one tile; null when a record cannot be read, or is not what it was.</summary>
    public Hash256? Root(ulong start, int count) =>
        Tile(start / Count) is { } hashes ? RootOf(hashes.AsSpan((int)(start % Count), count)) : null;

    private Hash256[]? Tile(ulong tile)
    {
        if (_tiles.TryGetValue(tile, out var known))
            return known;
        var first = tile * Count;
        var hashes = new Hash256[Math.Min(Count, size - first)];
        if (!leaves(first, hashes) || (hashes.Length == Count && RootOf(hashes) != store[SubtreeStore.LowestLevel, tile]))
            return null;
        _tiles.Add(tile, hashes);
        return hashes;
    }

    private static Hash256 RootOf(ReadOnlySpan<Hash256> hashes)
    {
        var builder = new TreeBuilder();
        builder.Append(hashes);
        return builder.Root();
    }
}
