using System.Numerics;
using Writ.Crypto.Hashing;

namespace Writ.Ledger.Merkle;

/// <summary>
/// Roots and proofs of RFC 6962 section 2.1 over a store of large subtrees and a way to read leaves. Every member answers null
/// when leaves it needs cannot be read. The caller bounds sizes by what is durable. Thread safe if the reader is.
/// </summary>
internal sealed class MerkleTree(SubtreeStore store, LeafReader leaves)
{
    private const int TileLeaves = 1 << SubtreeStore.LowestLevel;

    /// <summary>MTH(D[0:size]).</summary>
    public Hash256? RootAt(ulong size) => size == 0 ? MerkleHash.EmptyRoot : Subtree(0, size);

    /// <summary>PATH(index, D[0:size]), section 2.1.1, leaf side first.</summary>
    public Hash256[]? InclusionProof(ulong index, ulong size)
    {
        var path = new List<Hash256>();
        ulong start = 0, end = size;
        while (end - start > 1)
        {
            var middle = start + Split(end - start);
            var sibling = index < middle ? Subtree(middle, end) : Subtree(start, middle);
            if (sibling is not { } hash)
                return null;
            path.Add(hash);
            (start, end) = index < middle ? (start, middle) : (middle, end);
        }

        path.Reverse();
        return [.. path];
    }

    /// <summary>PROOF(from, D[0:to]), section 2.1.2; empty when either size is 0 or both are equal.</summary>
    public Hash256[]? ConsistencyProof(ulong from, ulong to)
    {
        if (from == 0 || from == to)
            return [];
        var path = new List<Hash256>();
        ulong start = 0, end = to;
        var onLeftEdge = true; // the old tree is itself a node the verifier knows
        while (from != end)
        {
            var middle = start + Split(end - start);
            var goLeft = from <= middle;
            if ((goLeft ? Subtree(middle, end) : Subtree(start, middle)) is not { } hash)
                return null;
            path.Add(hash);
            if (goLeft)
                end = middle;
            else
                (start, onLeftEdge) = (middle, false);
        }

        if (!onLeftEdge)
        {
            if (Subtree(start, end) is not { } hash)
                return null;
            path.Add(hash);
        }

        path.Reverse();
        return [.. path];
    }

    /// <summary>The largest power of two below <paramref name="count"/>, which is at least 2.</summary>
    private static ulong Split(ulong count) => 1UL << (63 - BitOperations.LeadingZeroCount(count - 1));

    private Hash256? Subtree(ulong start, ulong end)
    {
        var count = end - start;
        if (count >= TileLeaves && BitOperations.IsPow2(count))
        {
            var level = BitOperations.TrailingZeroCount(count);
            return store[level, start >> level];
        }

        if (count <= TileLeaves)
            return Small(start, (int)count);
        var middle = start + Split(count);
        return Subtree(start, middle) is { } left && Subtree(middle, end) is { } right ? MerkleHash.Node(left, right) : null;
    }

    private Hash256? Small(ulong start, int count)
    {
        var hashes = new Hash256[count];
        if (!leaves(start, hashes))
            return null;
        var builder = new TreeBuilder();
        builder.Append(hashes);
        return builder.Root();
    }
}
