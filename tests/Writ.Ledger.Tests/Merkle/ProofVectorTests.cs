using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Ledger.Merkle;
using Writ.Testing;

namespace Writ.Ledger.Tests.Merkle;

public sealed class ProofVectorTests
{
    /// <summary>
    /// The set accepts equal sizes with equal "roots" whatever those are; its roots here are not SHA-256 digests, which our types
    /// cannot even hold. (On size 0 the set and C2SP tlog-witness, which we follow, agree: see MerkleProof.VerifyConsistency.)
    /// </summary>
    private static readonly string[] RefusedByOurTypes = ["sizes-are-equal-one-and-proof-is-empty.json"];

    [Fact]
    public void All_98_inclusion_vectors_hold()
    {
        var seen = 0;
        foreach (var (file, vector) in Vectors("inclusion"))
        {
            seen++;
            var answer = Parse(vector, "root", out var root)
                & Parse(vector, "leafHash", out var leaf)
                & Proof(vector, out var proof)
                && MerkleProof.VerifyInclusion(vector.GetProperty("leafIdx").GetUInt64(), vector.GetProperty("treeSize").GetUInt64(), leaf, proof, root);
            Assert.True(answer != vector.GetProperty("wantErr").GetBoolean(), file);
        }

        Assert.Equal(98, seen);
    }

    [Fact]
    public void All_98_consistency_vectors_hold_but_for_one_whose_roots_are_no_digests()
    {
        var (seen, different) = (0, new List<string>());
        foreach (var (file, vector) in Vectors("consistency"))
        {
            seen++;
            var answer = Parse(vector, "root1", out var old)
                & Parse(vector, "root2", out var root)
                & Proof(vector, out var proof)
                && MerkleProof.VerifyConsistency(vector.GetProperty("size1").GetUInt64(), vector.GetProperty("size2").GetUInt64(), old, root, proof);
            if (answer == vector.GetProperty("wantErr").GetBoolean())
                different.Add(Path.GetFileName(file));
        }

        Assert.Equal(98, seen);
        Assert.Equal(RefusedByOurTypes, different.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(string File, JsonElement Vector)> Vectors(string kind)
    {
        foreach (var file in Directory.GetFiles(Corpora.Require($"tlog/rfc6962-merkle/testdata/{kind}"), "*.json", SearchOption.AllDirectories))
            yield return (file, JsonDocument.Parse(File.ReadAllBytes(file)).RootElement);
    }

    private static bool Parse(JsonElement vector, string name, out Hash256 hash) =>
        Hash256.TryParseBase64(vector.GetProperty(name).GetString() ?? "", out hash);

    private static bool Proof(JsonElement vector, out Hash256[] proof)
    {
        proof = [];
        if (vector.GetProperty("proof") is not { ValueKind: JsonValueKind.Array } array)
            return true;
        var hashes = new List<Hash256>();
        foreach (var item in array.EnumerateArray())
        {
            if (!Hash256.TryParseBase64(item.GetString() ?? "", out var hash))
                return false;
            hashes.Add(hash);
        }

        proof = [.. hashes];
        return true;
    }
}
