using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Crypto.Signing;
using Writ.Identity.DataIntegrity;
using Writ.Identity.Dids;
using Writ.Testing;

namespace Writ.Identity.Tests.DataIntegrity;

public sealed class SecuredDocumentTests
{
    private static readonly DateTimeOffset Published = new(2023, 2, 24, 23, 36, 38, TimeSpan.Zero);

    [Fact]
    public void Every_step_of_the_published_example_is_reproduced()
    {
        using var key = KeyOf(Json("keyPair.json"));
        var method = Json("proofConfigJCS.json")["verificationMethod"]!.GetValue<string>();
        using var document = JsonDocument.Parse(Bytes("unsigned.json"));
        var terms = new ProofTerms { VerificationMethod = method, Created = Published };

        var canonical = ProofForm.Unsecured(document.RootElement)!;
        Assert.Equal(Text("canonDocJCS.txt"), Encoding.UTF8.GetString(canonical));
        Assert.Equal(Text("docHashJCS.txt"), Convert.ToHexStringLower(SHA256.HashData(canonical)));
        var options = ProofForm.Canonical(ProofForm.Write(terms, document.RootElement, null))!;
        Assert.Equal(Text("proofCanonJCS.txt"), Encoding.UTF8.GetString(options));
        Assert.Equal(Text("proofHashJCS.txt"), Convert.ToHexStringLower(SHA256.HashData(options)));
        var data = ProofForm.HashData(options, canonical);
        Assert.Equal(Text("combinedHashJCS.txt"), Convert.ToHexStringLower(data));
        Assert.Equal(Text("sigHexJCS.txt"), Convert.ToHexStringLower(key.Sign(data)));
        Assert.Equal(Text("sigBTC58JCS.txt"), "z" + Base58.Encode(key.Sign(data)));

        var signed = SecuredDocument.Sign(Bytes("unsigned.json"), terms, key);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Bytes("signedJCS.json")), JsonNode.Parse(signed)));
        Assert.Equal(ProofFault.None, Verify(Bytes("signedJCS.json"), out var signers));
        Assert.Equal([method], signers);
    }

    [Fact]
    public void Every_change_of_the_published_example_is_refused()
    {
        var signed = Bytes("signedJCS.json");
        var changed = 0;
        for (var i = 0; i < signed.Length; i++)
        {
            if (char.IsWhiteSpace((char)signed[i]))
                continue;
            var altered = signed.ToArray();
            altered[i] ^= 1;
            Assert.NotEqual(ProofFault.None, Verify(altered, out var signers));
            Assert.Empty(signers);
            changed++;
        }

        Assert.InRange(changed, 700, 2000);
    }

    [Fact]
    public void Each_of_a_set_signs_the_document_and_not_the_other()
    {
        var pairs = Json("multiKeyPairs.json");
        using var one = KeyOf(pairs["keyPair1"]!);
        using var two = KeyOf(pairs["keyPair2"]!);
        var (first, second) = (MethodOf(one), MethodOf(two));
        var single = SecuredDocument.Sign("""{"agreement":1}"""u8.ToArray(), Terms(one), one);
        var set = SecuredDocument.Sign(single, Terms(two), two);

        Assert.Equal(ProofFault.None, Verify(set, out var signers, new ProofRules { Signers = [second, first] }));
        Assert.Equal([first, second], signers);
        // What a set loses leaves no trace in the rest: who asks for both by name sees it.
        Assert.Equal(ProofFault.None, Verify(single, out _));
        Assert.Equal(ProofFault.MissingProof, Verify(single, out signers, new ProofRules { Signers = [first, second] }));
        Assert.Empty(signers);
        // One that does not hold spoils the set, and a key counts once.
        var spoiled = Encoding.UTF8.GetString(set).Replace(second, MethodOf(one) + "x", StringComparison.Ordinal);
        Assert.NotEqual(ProofFault.None, Verify(Encoding.UTF8.GetBytes(spoiled), out _));
        Assert.Equal(ProofFault.TooManyProofs, Verify(SecuredDocument.Sign(single, Terms(one), one), out _));
    }

    [Fact]
    public void A_proof_for_another_purpose_time_or_reader_does_not_count()
    {
        using var key = Ed25519PrivateKey.Generate();
        var terms = Terms(key) with { Domain = "a.example", Challenge = "1", Expires = Published + TimeSpan.FromHours(1) };
        var signed = SecuredDocument.Sign("""{"a":1}"""u8.ToArray(), terms, key);
        var rules = new ProofRules { Domain = "a.example", Challenge = "1" };

        Assert.Equal(ProofFault.None, Verify(signed, out _, rules));
        Assert.Equal(ProofFault.WrongPurpose, Verify(signed, out _));
        Assert.Equal(ProofFault.WrongPurpose, Verify(signed, out _, rules with { Domain = "b.example" }));
        Assert.Equal(ProofFault.WrongPurpose, Verify(signed, out _, rules with { Challenge = "2" }));
        Assert.Equal(ProofFault.WrongPurpose, Verify(signed, out _, rules with { Purpose = "authentication" }));
        Assert.Equal(ProofFault.NotInForce, Verify(signed, out _, rules, Published + TimeSpan.FromHours(2)));
        Assert.Equal(ProofFault.NotInForce, Verify(signed, out _, rules, Published - TimeSpan.FromMinutes(1)));
        Assert.Equal(ProofFault.UnknownKey, SecuredDocument.Verify(signed, rules, _ => null, Published, out _));
    }

    [Theory]
    [InlineData("""{"a":1}""", ProofFault.NoProof)]
    [InlineData("""{"a":1,"proof":[]}""", ProofFault.NoProof)]
    [InlineData("""{"a":1,"proof":"x"}""", ProofFault.Malformed)]
    [InlineData("""{"a":1,"a":2}""", ProofFault.Malformed)]
    [InlineData("""{"a":"\ud800"}""", ProofFault.Malformed)]
    [InlineData("""[1]""", ProofFault.Malformed)]
    [InlineData("""{"proof":{"type":"DataIntegrityProof","cryptosuite":"eddsa-jcs-2022"}}""", ProofFault.Malformed)]
    [InlineData("""{"proof":{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"}}""", ProofFault.UnknownKind)]
    [InlineData("""{"proof":{"type":"Ed25519Signature2020","cryptosuite":"eddsa-jcs-2022"}}""", ProofFault.UnknownKind)]
    public void What_is_no_proof_of_this_kind_is_refused(string json, ProofFault expected) =>
        Assert.Equal(expected, Verify(Encoding.UTF8.GetBytes(json), out _));

    [Theory]
    [InlineData("signedProofSet1.json")]
    [InlineData("signedProofSet2.json")]
    [InlineData("signedProofChain1.json")]
    [InlineData("signedProofChain2.json")]
    public void Published_proofs_of_another_suite_are_refused_by_kind(string file) => Assert.Equal(ProofFault.UnknownKind, Verify(Bytes(file), out _));

    [Fact]
    public void A_context_added_after_signing_is_refused()
    {
        var document = Json("signedJCS.json");
        ((JsonArray)document["@context"]!).Add("https://evil.example/v1");
        Assert.Equal(ProofFault.WrongContext, Verify(JsonSerializer.SerializeToUtf8Bytes(document), out _));
    }

    private static ProofFault Verify(byte[] json, out System.Collections.Immutable.ImmutableArray<string> signers, ProofRules? rules = null, DateTimeOffset? now = null) => SecuredDocument.Verify(
        json, rules ?? new ProofRules(), method => DidUrl.TryParse(method, out var url) && url.Fragment == url.Did.Key?.ToString() ? url.Did.Key.Key?.Ed25519 : null, now ?? Published, out signers);

    private static ProofTerms Terms(Ed25519PrivateKey key) => new() { VerificationMethod = MethodOf(key), Created = Published };

    private static string MethodOf(Ed25519PrivateKey key) => $"{Did.OfKey(Multikey.Of(key.PublicKey))}#{Multikey.Of(key.PublicKey)}";

    private static Ed25519PrivateKey KeyOf(JsonNode pair)
    {
        Assert.True(Base58.TryDecode(pair["privateKeyMultibase"]!.GetValue<string>().AsSpan(1), out var secret));
        var key = Ed25519PrivateKey.FromSeed(secret.AsSpan(2));
        Assert.Equal(pair["publicKeyMultibase"]!.GetValue<string>(), Multikey.Of(key.PublicKey).ToString());
        return key;
    }

    private static byte[] Bytes(string name) => File.ReadAllBytes(Corpora.Require("identity/vc-eddsa-jcs/" + name));

    private static string Text(string name) => Encoding.UTF8.GetString(Bytes(name)).Trim();

    private static JsonNode Json(string name) => JsonNode.Parse(Bytes(name))!;
}
