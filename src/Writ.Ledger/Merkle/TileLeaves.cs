using Writ.Crypto.Hashing;

namespace Writ.Ledger.Merkle;

/// <summary>
/// The leaf hashes of the tiles that one proof touches, each tile read once and, where it is complete, held against its root: a record that
/// was changed on the disk proves nothing. Not thread safe.
/// </summary>
/// <param name="store">The roots of complete tiles.</param>
/// <param name="leaves">Ways to read leaf hashes, tried one after the other.</param>
/// <param name="cache">What was read lately.</param>
/// <param name="size">Where the tree ends.</param>
internal sealed class TileLeaves(SubtreeStore store, LeafReader[] leaves, TileCache cache, ulong size)
{
    /// <summary>How many leaves a complete tile has.</summary>
    public const int Count = 1 << SubtreeStore.LowestLevel;

    private readonly Dictionary<ulong, Hash256[]> _tiles = [];

    /// <summary>The root over leaves of one tile; null when a record cannot be read, or is not what it was.</summary>
    public Hash256? Root(ulong start, int count) =>
        Tile(start / Count) is { } hashes ? RootOf(hashes.AsSpan((int)(start % Count), count)) : null;

    /// <summary>Leaves of one tile; false where they cannot be read, or are not what they were.</summary>
    public bool TryCopy(ulong start, Span<Hash256> destination) =>
        Tile(start / Count) is { } hashes && hashes.AsSpan((int)(start % Count), destination.Length).TryCopyTo(destination);

    private Hash256[]? Tile(ulong tile)
    {
        if (_tiles.TryGetValue(tile, out var known))
            return known;
        var first = tile * Count;
        var wanted = (int)Math.Min(Count, size - first);
        var hashes = cache.Find(tile, wanted) ?? Read(tile, new Hash256[wanted]);
        if (hashes is not null)
            _tiles.Add(tile, hashes);
        return hashes;
    }

    private Hash256[]? Read(ulong tile, Hash256[] hashes)
    {
        foreach (var reader in leaves)
        {
            if (!reader(tile * Count, hashes) || (hashes.Length == Count && RootOf(hashes) != store[SubtreeStore.LowestLevel, tile]))
                continue;
            cache.Add(tile, hashes);
            return hashes;
        }

        return null;
    }

    private static Hash256 RootOf(ReadOnlySpan<Hash256> hashes)
    {
        var builder = new TreeBuilder();
        builder.Append(hashes);
        return builder.Root();
    }
}
