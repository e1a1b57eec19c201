using System.Security.Cryptography;
using Writ.Crypto.Hashing;

namespace Writ.Crypto.Tests.Hashing;

public sealed class MerkleHashTests
{
    private readonly Random _random = new(7);

    [Fact]
    public void The_empty_root_is_the_published_one() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", MerkleHash.EmptyRoot.ToHex());

    [Fact]
    public void The_empty_leaf_is_the_published_one() =>
        Assert.Equal("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", MerkleHash.Leaf([]).ToHex());

    [Fact]
    public void Every_leaf_of_0_to_300_bytes_is_SHA256_of_zero_and_the_data()
    {
        for (var length = 0; length <= 300; length++)
        {
            var data = Bytes(length);
            Assert.Equal(Expected(0, data), MerkleHash.Leaf(data));
        }
    }

    [Theory]
    [InlineData(2046)]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(70_000)]
    public void A_long_leaf_is_SHA256_of_zero_and_the_data(int length)
    {
        var data = Bytes(length);
        Assert.Equal(Expected(0, data), MerkleHash.Leaf(data));
    }

    [Fact]
    public void A_node_is_SHA256_of_one_and_both_children()
    {
        var (left, right) = (Hash256.Of("l"u8), Hash256.Of("r"u8));
        Assert.Equal(Expected(1, [.. left.Bytes, .. right.Bytes]), MerkleHash.Node(left, right));
        Assert.NotEqual(MerkleHash.Node(left, right), MerkleHash.Node(right, left));
    }

    [Fact]
    public void T33_no_leaf_hashes_like_a_node()
    {
        var (left, right) = (Hash256.Of("l"u8), Hash256.Of("r"u8));
        Assert.NotEqual(MerkleHash.Node(left, right), MerkleHash.Leaf([.. left.Bytes, .. right.Bytes]));
    }

    [Fact]
    public void Batches_of_leaves_of_every_size_and_length_equal_single_leaves()
    {
        for (var count = 0; count <= 40; count++)
        {
            for (var round = 0; round < 12; round++)
            {
                var longest = round % 3 == 0 ? 70 : round % 3 == 1 ? 400 : 3000;
                var lengths = Enumerable.Range(0, count).Select(_ => _random.Next(longest)).ToArray();
                AssertLeaves(lengths);
            }
        }
    }

    [Fact]
    public void A_batch_of_every_length_from_0_to_300_equals_single_leaves()
    {
        for (var length = 0; length <= 300; length++)
            AssertLeaves(Enumerable.Repeat(length, 9).ToArray());
        AssertLeaves(Enumerable.Range(0, 301).ToArray());
        AssertLeaves(Enumerable.Range(0, 301).Reverse().ToArray());
    }

    [Fact]
    public void Batches_of_nodes_of_every_size_equal_single_nodes()
    {
        for (var count = 0; count <= 80; count++)
        {
            var children = Enumerable.Range(0, 2 * count).Select(_ => new Hash256(Bytes(32))).ToArray();
            var parents = new Hash256[count];
            MerkleHash.Nodes(children, parents);
            for (var i = 0; i < count; i++)
                Assert.Equal(MerkleHash.Node(children[2 * i], children[2 * i + 1]), parents[i]);
        }
    }

    [Fact]
    public void Parents_may_overwrite_the_front_of_their_own_children()
    {
        var children = Enumerable.Range(0, 64).Select(_ => new Hash256(Bytes(32))).ToArray();
        var apart = new Hash256[32];
        MerkleHash.Nodes(children, apart);
        MerkleHash.Nodes(children, children.AsSpan(0, 32));
        Assert.Equal(apart, children[..32]);
    }

    [Fact]
    public void A_batch_that_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => MerkleHash.Nodes(new Hash256[3], new Hash256[1]));
        Assert.Throws<ArgumentException>(() => MerkleHash.Leaves([1, 2], [new LeafSlice(0, 1)], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleHash.Leaves([1, 2], [new LeafSlice(1, 2)], new Hash256[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleHash.Leaves(new byte[99], Enumerable.Repeat(new LeafSlice(-1, 2), 20).ToArray(), new Hash256[20]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleHash.Leaves(new byte[99], Enumerable.Repeat(new LeafSlice(0, -1), 20).ToArray(), new Hash256[20]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleHash.Leaves(new byte[99], Enumerable.Repeat(new LeafSlice(int.MaxValue, int.MaxValue), 20).ToArray(), new Hash256[20]));
    }

    private void AssertLeaves(int[] lengths)
    {
        var buffer = Bytes(lengths.Sum() + 3);
        var slices = new LeafSlice[lengths.Length];
        var at = 3;
        for (var i = 0; i < lengths.Length; at += lengths[i++])
            slices[i] = new LeafSlice(at, lengths[i]);
        var hashes = new Hash256[lengths.Length];
        MerkleHash.Leaves(buffer, slices, hashes);
        for (var i = 0; i < lengths.Length; i++)
            Assert.Equal(Expected(0, buffer.AsSpan(slices[i].Offset, slices[i].Length)), hashes[i]);
    }

    private static Hash256 Expected(byte prefix, ReadOnlySpan<byte> data) => new(SHA256.HashData([prefix, .. data]));

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
