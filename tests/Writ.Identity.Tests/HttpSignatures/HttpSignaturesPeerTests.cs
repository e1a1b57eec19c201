using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Crypto.Jose;
using Writ.Identity.HttpSignatures;
using Writ.Testing;

namespace Writ.Identity.Tests.HttpSignatures;

/// <summary>Ours beside the npm library <c>http-message-signatures</c>: each verifies what the other signs.</summary>
public sealed class HttpSignaturesPeerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("ed25519")]
    [InlineData("ecdsa-p256-sha256")]
    public async Task Each_verifies_what_the_other_signs_and_nothing_else(string algorithm)
    {
        using var peer = LinePeer.Start(Peers.HttpSignatures);
        var (key, jwk) = NewKey(algorithm);
        using var owned = key;
        var digest = ContentDigest.Of("{}"u8);
        var message = Request("/mcp/desk?a=1&b=%20", digest);
        var asked = new JsonObject { ["method"] = "POST", ["url"] = "https://writ.example/mcp/desk?a=1&b=%20", ["headers"] = new JsonObject { ["content-digest"] = digest, ["content-type"] = "application/json" } };

        var answer = await peer.AskAsync(new JsonObject
        {
            ["op"] = "sign", ["alg"] = algorithm, ["key"] = jwk.DeepClone(), ["keyid"] = "did:key:z#z", ["created"] = Now.ToUnixTimeSeconds(), ["expires"] = Now.ToUnixTimeSeconds() + 60, ["nonce"] = "0123456789abcdef",
            ["tag"] = "writ", ["fields"] = new JsonArray("@method", "@target-uri", "@authority", "@path", "@query", "content-digest", "content-type"), ["message"] = asked.DeepClone(),
        }, TestContext.Current.CancellationToken);
        Assert.True(MessageSignature.TryRead([answer["input"]?.GetValue<string>()], [answer["signature"]?.GetValue<string>()], out var signatures), answer.ToJsonString());
        Assert.Equal(SignatureFault.None, signatures.Single().Check(message, new SignatureRules { Target = true, Required = ["@method", "content-digest"], Tag = "writ", MaxAge = TimeSpan.FromMinutes(1), Nonce = true }, Now));
        Assert.Equal(SignatureFault.None, signatures.Single().Verify(message, key.VerificationKey));
        Assert.Equal(SignatureFault.WrongSignature, signatures.Single().Verify(Request("/mcp/desk?a=2&b=%20", digest), key.VerificationKey));

        var (input, value) = MessageSigner.Sign(
            message, new SignatureTerms { Components = ["@method", "@target-uri", "@path", "@query", "content-digest"], Created = Now, Expires = Now + TimeSpan.FromMinutes(1), KeyId = "k", Tag = "writ", Nonce = "n", WithAlgorithm = true }, key);
        var signed = asked.DeepClone().AsObject();
        (signed["headers"]!["signature-input"], signed["headers"]!["signature"]) = (input, value);
        var verify = new JsonObject { ["op"] = "verify", ["alg"] = algorithm, ["key"] = JsonNode.Parse(key.VerificationKey.ToJson()), ["message"] = signed };
        Assert.True((await peer.AskAsync(verify, TestContext.Current.CancellationToken))["verified"]?.GetValue<bool>());
        signed["url"] = "https://writ.example/mcp/desk?a=2&b=%20";
        Assert.NotEqual(true, (await peer.AskAsync(verify, TestContext.Current.CancellationToken))["verified"]?.GetValue<bool>());
    }

    private static (JsonWebSigningKey Key, JsonObject Jwk) NewKey(string algorithm)
    {
        JsonObject jwk;
        if (algorithm == "ed25519")
        {
            var seed = RandomNumberGenerator.GetBytes(32);
            var pair = Writ.Crypto.Signing.Ed25519PrivateKey.FromSeed(seed);
            jwk = new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = Text(pair.PublicKey.Bytes), ["d"] = Text(seed) };
        }
        else
        {
            using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var numbers = ec.ExportParameters(includePrivateParameters: true);
            jwk = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Text(numbers.Q.X), ["y"] = Text(numbers.Q.Y), ["d"] = Text(numbers.D) };
        }

        Assert.True(JsonWebSigningKey.TryParse(Encoding.UTF8.GetBytes(jwk.ToJsonString()), out var key, out var fault), fault.ToString());
        return (key, jwk);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static SignedMessage Request(string target, string digest) => new()
    {
        Method = "POST", Scheme = "https", Authority = "writ.example", Target = target,
        Field = name => name switch { "content-digest" => [digest], "content-type" => ["application/json"], _ => [] },
    };
}
