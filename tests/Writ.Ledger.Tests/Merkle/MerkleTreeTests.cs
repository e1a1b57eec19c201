using Writ.Crypto.Hashing;
using Writ.Ledger.Merkle;

namespace Writ.Ledger.Tests.Merkle;

public sealed class MerkleTreeTests
{
    private static Hash256[] Leaves(int count) =>
        [.. Enumerable.Range(0, count).Select(i => MerkleHash.Leaf(BitConverter.GetBytes(i)))];

    private static (TreeBuilder Builder, MerkleTree Tree) Grow(Hash256[] leaves, Random random)
    {
        var store = new SubtreeStore();
        var builder = new TreeBuilder(store);
        for (var done = 0; done < leaves.Length;)
        {
            var some = Math.Min(random.Next(1, 300), leaves.Length - done);
            builder.Append(leaves.AsSpan(done, some));
            done += some;
        }

        return (builder, new MerkleTree(store, (first, hashes) => leaves.AsSpan((int)first, hashes.Length).TryCopyTo(hashes)));
    }

    [Fact]
    public void Every_proof_up_to_size_130_equals_the_definition_and_verifies()
    {
        var leaves = Leaves(130);
        var (_, tree) = Grow(leaves, new Random(1));
        for (var size = 1; size <= leaves.Length; size++)
        {
            var root = ReferenceTree.Root(leaves.AsSpan(0, size));
            Assert.Equal(root, tree.RootAt((ulong)size));
            for (var index = 0; index < size; index++)
            {
                var proof = tree.InclusionProof((ulong)index, (ulong)size)!;
                Assert.Equal(ReferenceTree.Path(index, leaves.AsSpan(0, size)), proof);
                Assert.True(MerkleProof.VerifyInclusion((ulong)index, (ulong)size, leaves[index], proof, root));
                Assert.False(MerkleProof.VerifyInclusion((ulong)index, (ulong)size, MerkleHash.Leaf([9]), proof, root));
                Assert.False(MerkleProof.VerifyInclusion((ulong)index ^ 1, (ulong)size, leaves[index], proof, root) && size > 1);
            }

            for (var from = 0; from <= size; from++)
            {
                var proof = tree.ConsistencyProof((ulong)from, (ulong)size)!;
                Assert.Equal(ReferenceTree.Proof(from, leaves.AsSpan(0, size)), proof);
                var old = ReferenceTree.Root(leaves.AsSpan(0, from));
                Assert.True(MerkleProof.VerifyConsistency((ulong)from, (ulong)size, old, root, proof));
                Assert.False(MerkleProof.VerifyConsistency((ulong)from, (ulong)size, MerkleHash.Leaf([9]), root, proof));
            }
        }
    }

    [Fact]
    public void A_record_that_is_not_what_it_was_proves_nothing_and_neither_do_its_neighbours()
    {
        var leaves = Leaves(600);
        var (_, tree) = Grow(leaves, new Random(1));
        leaves[400] = MerkleHash.Leaf([9]);
        Assert.Null(tree.InclusionProof(400, 600));
        Assert.Null(tree.InclusionProof(300, 600));
        Assert.NotNull(tree.InclusionProof(100, 600));
        leaves[400] = Leaves(600)[400];
        Assert.NotNull(tree.InclusionProof(300, 600));
    }

    [Fact]
    public void Leaves_that_one_source_has_wrong_are_taken_from_the_next()
    {
        var leaves = Leaves(600);
        var store = new SubtreeStore();
        new TreeBuilder(store).Append(leaves);
        LeafReader wrong = (_, hashes) =>
        {
            hashes.Fill(MerkleHash.Leaf([9]));
            return true;
        };
        var tree = new MerkleTree(store, wrong, (first, hashes) => leaves.AsSpan((int)first, hashes.Length).TryCopyTo(hashes));
        Assert.Equal(ReferenceTree.Path(300, leaves.AsSpan(0, 512)), tree.InclusionProof(300, 512));
        Assert.Null(new MerkleTree(store, wrong).InclusionProof(300, 512));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_trees_to_size_5000_equal_the_definition(int seed)
    {
        var random = new Random(seed);
        var leaves = Leaves(5000);
        var (builder, tree) = Grow(leaves, random);
        Assert.Equal(ReferenceTree.Root(leaves), builder.Root());
        for (var i = 0; i < 40; i++)
        {
            var size = random.Next(1, leaves.Length + 1);
            var part = leaves.AsSpan(0, size);
            var root = ReferenceTree.Root(part);
            int index = random.Next(size), from = random.Next(size + 1);
            Assert.Equal(root, tree.RootAt((ulong)size));
            Assert.Equal(ReferenceTree.Path(index, part), tree.InclusionProof((ulong)index, (ulong)size)!);
            Assert.Equal(ReferenceTree.Proof(from, part), tree.ConsistencyProof((ulong)from, (ulong)size)!);
        }
    }

    [Fact]
    public void A_proof_that_is_cut_lengthened_or_altered_does_not_verify()
    {
        var leaves = Leaves(77);
        var (_, tree) = Grow(leaves, new Random(5));
        var root = tree.RootAt(77)!.Value;
        var old = tree.RootAt(30)!.Value;
        var inclusion = tree.InclusionProof(41, 77)!;
        var consistency = tree.ConsistencyProof(30, 77)!;
        Assert.True(MerkleProof.VerifyInclusion(41, 77, leaves[41], inclusion, root));
        Assert.True(MerkleProof.VerifyConsistency(30, 77, old, root, consistency));
        foreach (var bad in Mutations(inclusion))
            Assert.False(MerkleProof.VerifyInclusion(41, 77, leaves[41], bad, root));
        foreach (var bad in Mutations(consistency))
            Assert.False(MerkleProof.VerifyConsistency(30, 77, old, root, bad));
    }

    private static IEnumerable<Hash256[]> Mutations(Hash256[] proof)
    {
        yield return [];
        yield return proof[1..];
        yield return proof[..^1];
        yield return [.. proof, proof[0]];
        yield return [proof[^1], .. proof];
        for (var i = 0; i < proof.Length; i++)
        {
            var altered = proof.ToArray();
            altered[i] = MerkleHash.Node(altered[i], altered[i]);
            yield return altered;
        }
    }
}
