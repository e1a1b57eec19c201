using System.Numerics;
using Writ.Crypto.Hashing;

namespace Writ.Ledger.Merkle;

/// <summary>
/// Grows an RFC 6962 tree from its leaves, level by level so that the lanes of the hash are full. Keeps only the roots of the
/// complete subtrees on the right edge; complete nodes from <see cref="SubtreeStore.LowestLevel"/> up go to the store.
/// Not thread safe: it belongs to the one writer of its log.
/// </summary>
internal sealed class TreeBuilder(SubtreeStore? store = null)
{
    private readonly Hash256[] _edge = new Hash256[64];
    private Hash256[] _level = new Hash256[64];
    private Hash256[] _parents = new Hash256[32];

    public ulong Size { get; private set; }

    /// <summary>A builder that goes on from a tree of so many leaves.</summary>
    /// <param name="size">How many.</param>
    /// <param name="complete">The root of the complete subtree from a leaf on that has so many leaves; null when it is not known, and then there is no builder.</param>
    public static TreeBuilder? From(ulong size, Func<ulong, ulong, Hash256?> complete)
    {
        var builder = new TreeBuilder { Size = size };
        var start = 0UL;
        for (var level = 63; level >= 0; level--)
        {
            if (((size >> level) & 1) == 0)
                continue;
            if (complete(start, 1UL << level) is not { } root)
                return null;
            builder._edge[level] = root;
            start += 1UL << level;
        }

        return builder;
    }

    /// <summary>Adds leaves, given as leaf hashes. Guarded by the bench "ledger".</summary>
    public void Append(ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.IsEmpty)
            return;
        var size = Size;
        EnsureRoom(leaves.Length + 1);
        leaves.CopyTo(_level.AsSpan(1));
        var fresh = leaves.Length;
        Size = size + (ulong)leaves.Length;

        for (var level = 0; fresh > 0; level++)
        {
            // A left sibling waiting on the edge joins the new nodes; a node left over waits there for its own sibling.
            var start = 1;
            if (((size >> level) & 1) != 0)
            {
                _level[0] = _edge[level];
                start = 0;
                fresh++;
            }

            if ((fresh & 1) != 0)
                _edge[level] = _level[start + fresh - 1];
            var pairs = fresh / 2;
            MerkleHash.Nodes(_level.AsSpan(start, 2 * pairs), _parents.AsSpan(0, pairs));
            if (level + 1 >= SubtreeStore.LowestLevel)
                store?.Add(level + 1, _parents.AsSpan(0, pairs));
            _parents.AsSpan(0, pairs).CopyTo(_level.AsSpan(1));
            fresh = pairs;
        }
    }

    /// <summary>The root over all leaves so far.</summary>
    public Hash256 Root()
    {
        if (Size == 0)
            return MerkleHash.EmptyRoot;
        var level = BitOperations.TrailingZeroCount(Size);
        var root = _edge[level];
        for (level++; level < 64 && Size >> level != 0; level++)
        {
            if (((Size >> level) & 1) != 0)
                root = MerkleHash.Node(_edge[level], root);
        }

        return root;
    }

    private void EnsureRoom(int count)
    {
        if (_level.Length >= count)
            return;
        var room = (int)BitOperations.RoundUpToPowerOf2((uint)count);
        _level = new Hash256[room];
        _parents = new Hash256[room / 2 + 1];
    }
}
