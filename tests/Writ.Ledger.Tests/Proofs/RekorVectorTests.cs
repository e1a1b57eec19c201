using System.Text;
using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;
using Writ.Ledger.Notes;
using Writ.Ledger.Proofs;
using Writ.Ledger.Trust;
using Writ.Testing;

namespace Writ.Ledger.Tests.Proofs;

/// <summary>
/// Bundles of real Rekor v2 logs: body, inclusion proof and checkpoint, put into our proof and held against the bundle's own trusted root.
/// What else a bundle has (certificates, timestamps, the artifact) is not the log's, so that those of the set that fail for it hold here.
/// </summary>
public sealed class RekorVectorTests
{
    private static readonly byte[] Ed25519Prefix = Convert.FromHexString("302a300506032b6570032100");

    // The bundles whose fault is in the log's part, and what we say to each.
    private static readonly Dictionary<string, LedgerFaultKind> Refused = new()
    {
        ["rekor2-checkpoint-missing-log-signature_fail"] = LedgerFaultKind.CheckpointUntrusted,
        ["rekor2-checkpoint-missing-origin_fail"] = LedgerFaultKind.CheckpointUntrusted,
        ["rekor2-checkpoint-missing-root-hash_fail"] = LedgerFaultKind.CheckpointUntrusted,
        ["rekor2-checkpoint-missing-size_fail"] = LedgerFaultKind.CheckpointUntrusted,
        ["rekor2-checkpoint-no-matching-signature_fail"] = LedgerFaultKind.CheckpointUntrusted,
    };

    [Fact]
    public void All_bundles_of_Rekor_2_hold_or_fall_as_their_names_say()
    {
        var folder = Corpora.Require("tlog/sigstore-rekor2/test/assets/bundle-verify");
        var (held, fell, without) = (0, 0, 0);
        foreach (var bundle in Directory.GetDirectories(folder, "rekor2-*"))
        {
            var name = Path.GetFileName(bundle);
            var entry = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(bundle, "bundle.sigstore.json"))).RootElement
                .GetProperty("verificationMaterial").GetProperty("tlogEntries")[0];
            if (!entry.TryGetProperty("inclusionProof", out var inclusion))
            {
                without++;
                Assert.Equal("rekor2-no-inclusion-proof_fail", name);
                continue;
            }

            var policies = Keys(Path.Combine(bundle, "trusted_root.json")).Select(TrustPolicy.ForKey).ToArray();
            var leaf = MerkleHash.Leaf(entry.GetProperty("canonicalizedBody").GetBytesFromBase64());
            var proof = ProofOf(inclusion);
            var answers = policies.Select(policy => proof.Verify(leaf, policy, out _)).ToArray();
            var fault = answers.Contains(null) ? null : answers.Select(a => a!).OrderByDescending(a => a.Kind).First();
            Assert.True(Refused.TryGetValue(name, out var kind) ? fault?.Kind == kind : fault is null, $"{name}: {fault}");
            _ = fault is null ? held++ : fell++;
            if (fault is not null)
                continue;

            Assert.All(policies, policy => Assert.NotNull(proof.Verify(MerkleHash.Leaf("other"u8), policy, out _)));
            var moved = new TlogProof(proof.Index ^ 1, proof.Hashes, proof.Checkpoint);
            Assert.All(policies, policy => Assert.NotNull(moved.Verify(leaf, policy, out _)));
            Assert.All(policies, policy => Assert.NotNull(new TlogProof(proof.Index, [.. proof.Hashes.Skip(1)], proof.Checkpoint).Verify(leaf, policy, out _)));
        }

        Assert.Equal((Refused.Count, 1), (fell, without));
        Assert.True(held >= 15, $"{held} held");
    }

    private static TlogProof ProofOf(JsonElement inclusion)
    {
        var hashes = inclusion.GetProperty("hashes").EnumerateArray().Select(h => new Hash256(h.GetBytesFromBase64())).ToArray();
        return new TlogProof(
            ulong.Parse(inclusion.GetProperty("logIndex").GetString()!, System.Globalization.CultureInfo.InvariantCulture), hashes,
            Encoding.UTF8.GetBytes(inclusion.GetProperty("checkpoint").GetProperty("envelope").GetString()!));
    }

    private static IEnumerable<Ed25519PublicKey> Keys(string trustedRoot)
    {
        foreach (var log in JsonDocument.Parse(File.ReadAllBytes(trustedRoot)).RootElement.GetProperty("tlogs").EnumerateArray())
        {
            var der = log.GetProperty("publicKey").GetProperty("rawBytes").GetBytesFromBase64();
            if (der.AsSpan().StartsWith(Ed25519Prefix) && Ed25519PublicKey.TryParse(der.AsSpan(Ed25519Prefix.Length), out var key))
                yield return key;
        }
    }
}
