using System.Runtime.CompilerServices;

namespace Writ.Crypto.Hashing;

/// <summary>
/// The two hashes of an RFC 6962 / RFC 9162 Merkle tree, section 2.1: a leaf is SHA-256(0x00 ‖ data), a node is
/// SHA-256(0x01 ‖ left ‖ right). The prefix keeps leaves and nodes apart, so that no node can pass for a leaf.
/// Stateless and thread safe; nothing here allocates.
/// </summary>
public static class MerkleHash
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>The root of the empty tree: SHA-256 of no bytes at all.</summary>
    public static Hash256 EmptyRoot { get; } = Hash256.Of([]);

    /// <summary>The hash of one leaf.</summary>
    public static Hash256 Leaf(ReadOnlySpan<byte> data) => Hash256.Of([LeafPrefix], data);

    /// <summary>The hash of an inner node over its two children.</summary>
    public static Hash256 Node(in Hash256 left, in Hash256 right)
    {
        Span<byte> input = stackalloc byte[1 + 2 * Hash256.Length];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Hash256.Length)..]);
        return Hash256.Of(input);
    }

    /// <summary>Hashes many leaves that lie in one buffer: <c>hashes[i]</c> is the hash of <c>slices[i]</c>.</summary>
    /// <exception cref="ArgumentException">The two spans differ in length, or a slice leaves the buffer.</exception>
    public static void Leaves(ReadOnlySpan<byte> buffer, ReadOnlySpan<LeafSlice> slices, Span<Hash256> hashes)
    {
        if (slices.Length != hashes.Length)
            throw new ArgumentException($"{slices.Length} leaves need as many hashes, not {hashes.Length}", nameof(hashes));
        if (Sha256Lanes.IsSupported && slices.Length >= Sha256Lanes.Width)
        {
            LeavesInLanes(buffer, slices, hashes);
            return;
        }

        for (var i = 0; i < slices.Length; i++)
            hashes[i] = Leaf(buffer.Slice(slices[i].Offset, slices[i].Length));
    }

    /// <summary>
    /// Hashes one level of a tree: <c>parents[i]</c> is the node over <c>children[2i]</c> and <c>children[2i + 1]</c>. The parents
    /// may be the front of the children's own memory; any other overlap gives wrong hashes.
    /// </summary>
    /// <exception cref="ArgumentException">There are not exactly twice as many children as parents.</exception>
    public static void Nodes(ReadOnlySpan<Hash256> children, Span<Hash256> parents)
    {
        if (children.Length != 2 * parents.Length)
            throw new ArgumentException($"{parents.Length} parents have {2 * parents.Length} children, not {children.Length}", nameof(children));
        var done = Sha256Lanes.IsSupported ? NodesInLanes(children, parents) : 0;
        for (var i = done; i < parents.Length; i++)
            parents[i] = Node(children[2 * i], children[2 * i + 1]);
    }

    [SkipLocalsInit]
    private static unsafe void LeavesInLanes(ReadOnlySpan<byte> buffer, ReadOnlySpan<LeafSlice> slices, Span<Hash256> hashes)
    {
        Unsafe.SkipInit(out LaneQueue queue);
        queue.Clear();
        fixed (byte* data = buffer)
        fixed (Hash256* to = hashes)
        {
            for (var i = 0; i < slices.Length; i++)
            {
                var leaf = buffer.Slice(slices[i].Offset, slices[i].Length); // checks the bounds
                if (Sha256Lane.BlocksOf(leaf.Length) > LaneQueue.MaxBlocks)
                    to[i] = Leaf(leaf);
                else
                    queue.Add(LeafPrefix, new Sha256Lane(data + slices[i].Offset, leaf.Length, to + i));
            }

            queue.Flush(LeafPrefix);
        }
    }

    // How many parents were made: whole groups only.
    private static unsafe int NodesInLanes(ReadOnlySpan<Hash256> children, Span<Hash256> parents)
    {
        const int data = 2 * Hash256.Length;
        Span<Sha256Lane> group = stackalloc Sha256Lane[Sha256Lanes.Width];
        var done = 0;
        fixed (Hash256* from = children, to = parents)
        {
            for (; parents.Length - done >= group.Length; done += group.Length)
            {
                for (var i = 0; i < group.Length; i++)
                    group[i] = new Sha256Lane((byte*)(from + 2 * (done + i)), data, to + done + i);
                Sha256Lanes.Hash(NodePrefix, group);
            }
        }

        return done;
    }
}
