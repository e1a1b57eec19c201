using System.Text;
using System.Text.Json.Nodes;
using Writ.Crypto.Jose;
using Writ.Testing;

namespace Writ.Crypto.Tests.Jose;

/// <summary>Writ beside the npm library <c>jose</c>: each signs, the other verifies.</summary>
public sealed class JosePeerTests
{
    private const string Payload = "{\"sub\":\"Frodo, going out your door\"}";

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    [InlineData("EdDSA")]
    [InlineData("Ed25519")]
    public async Task What_one_signs_the_other_verifies_and_no_altered_one(string name)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var peer = LinePeer.Start(Peers.Jose);
        var pair = await peer.AskAsync(new JsonObject { ["op"] = "generate", ["alg"] = name }, cancellation);
        Assert.True(JoseAlgorithm.TryParse(name, out var algorithm));
        Assert.True(JsonWebSigningKey.TryParse(Bytes(pair["private"]!), out var key, out var fault), fault.ToString());
        using var owned = key;
        Assert.True(JsonWebKey.TryParse(Bytes(pair["public"]!), out var half, out fault), fault.ToString());
        Assert.Equal(half.Thumbprint, key.VerificationKey.Thumbprint);

        var thumbprint = await peer.AskAsync(new JsonObject { ["op"] = "thumbprint", ["key"] = pair["public"]!.DeepClone() }, cancellation);
        Assert.Equal(thumbprint["thumbprint"]!.GetValue<string>(), half.Thumbprint.ToBase64Url());
        Assert.Equal(thumbprint["uri"]!.GetValue<string>(), half.ThumbprintUri);

        var theirs = (await peer.AskAsync(Question("sign", name, pair["private"]!, ("payload", Payload), ("typ", "at+jwt")), cancellation))["jws"]!.GetValue<string>();
        Assert.True(CompactJws.TryParse(theirs, out var jws, out _));
        Assert.Equal(JoseFault.None, new JwsVerifier(half, [algorithm]).Verify(jws.Signature));
        Assert.Equal(Payload, Encoding.UTF8.GetString(jws.Payload.Span));
        Assert.True(jws.Header.HasType("at+jwt"));
        Assert.True(CompactJws.TryParse(Altered(theirs), out jws, out _));
        Assert.Equal(JoseFault.WrongSignature, new JwsVerifier(half).Verify(jws.Signature));

        var ours = new JwsSigner(key, algorithm).Sign(Encoding.UTF8.GetBytes(Payload), "at+jwt");
        var answer = await peer.AskAsync(Question("verify", name, pair["public"]!, ("jws", ours)), cancellation);
        Assert.Equal(Payload, answer["payload"]?.GetValue<string>());
        Assert.Equal("at+jwt", answer["header"]!["typ"]!.GetValue<string>());
        answer = await peer.AskAsync(Question("verify", name, pair["public"]!, ("jws", Altered(ours))), cancellation);
        Assert.Equal("ERR_JWS_SIGNATURE_VERIFICATION_FAILED", answer["error"]!.GetValue<string>());
    }

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    // The payload's first byte, so that the text stays well formed.
    private static string Altered(string jws)
    {
        var at = jws.IndexOf('.', StringComparison.Ordinal) + 2;
        return jws[..at] + (jws[at] == 'A' ? 'B' : 'A') + jws[(at + 1)..];
    }

    private static JsonObject Question(string operation, string algorithm, JsonNode key, params (string Name, string Value)[] rest)
    {
        var question = new JsonObject { ["op"] = operation, ["alg"] = algorithm, ["key"] = key.DeepClone() };
        foreach (var (name, value) in rest)
            question[name] = value;
        return question;
    }
}
