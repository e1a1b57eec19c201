using System.Numerics;
using Writ.Crypto.Hashing;

namespace Writ.Ledger.Merkle;

/// <summary>
/// Roots and proofs of RFC 6962 section 2.1 over a store of large subtrees and ways to read leaves, the first that works. Every member answers null
/// when leaves it needs cannot be read. The caller bounds sizes by what is durable. Thread safe if the readers are.
/// </summary>
internal sealed class MerkleTree(SubtreeStore store, params LeafReader[] leaves)
{
    private readonly TileCache _cache = new();

    /// <summary>MTH(D[0:size]).</summary>
    public Hash256? RootAt(ulong size) => size == 0 ? MerkleHash.EmptyRoot : Subtree(TilesAt(size), 0, size);

    /// <summary>PATH(index, D[0:size]), section 2.1.1, leaf side first.</summary>
    public Hash256[]? InclusionProof(ulong index, ulong size) => Hashes(ProofShape.Inclusion(index, size), size);

    /// <summary>PROOF(from, D[0:to]), section 2.1.2; empty when either size is 0 or both are equal.</summary>
    public Hash256[]? ConsistencyProof(ulong from, ulong to) => Hashes(ProofShape.Consistency(from, to), to);

    /// <summary>Grows a tree of its own from the first <paramref name="size"/> leaves on.</summary>
    public TreeBuilder? BuilderAt(ulong size)
    {
        var tiles = TilesAt(size);
        return TreeBuilder.From(size, (start, count) => Subtree(tiles, start, start + count));
    }

    /// <summary>The leaf hashes from a record on, each of them in the first <paramref name="size"/>; false when some cannot be read.</summary>
    public bool TryLeaves(ulong first, Span<Hash256> hashes, ulong size)
    {
        var tiles = TilesAt(size);
        while (!hashes.IsEmpty)
        {
            var count = Math.Min(hashes.Length, TileLeaves.Count - (int)(first % TileLeaves.Count));
            if (!tiles.TryCopy(first, hashes[..count]))
                return false;
            first += (ulong)count;
            hashes = hashes[count..];
        }

        return true;
    }

    private TileLeaves TilesAt(ulong size) => new(store, leaves, _cache, size);

    private Hash256[]? Hashes(List<(ulong Start, ulong End)> shape, ulong size)
    {
        var tiles = TilesAt(size);
        var proof = new Hash256[shape.Count];
        for (var i = 0; i < proof.Length; i++)
        {
            if (Subtree(tiles, shape[i].Start, shape[i].End) is not { } hash)
                return null;
            proof[i] = hash;
        }

        return proof;
    }

    private Hash256? Subtree(TileLeaves tiles, ulong start, ulong end)
    {
        var count = end - start;
        if (count >= TileLeaves.Count && BitOperations.IsPow2(count))
        {
            var level = BitOperations.TrailingZeroCount(count);
            return store[level, start >> level];
        }

        if (count <= TileLeaves.Count)
            return tiles.Root(start, (int)count);
        var middle = start + ProofShape.Split(count);
        return Subtree(tiles, start, middle) is { } left && Subtree(tiles, middle, end) is { } right ? MerkleHash.Node(left, right) : null;
    }
}
