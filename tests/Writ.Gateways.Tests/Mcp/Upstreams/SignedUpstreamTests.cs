using System.Text;
using System.Text.Json;
using Writ.Crypto.Jose;
using Writ.Crypto.Signing;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Gateways.WebBotAuth;
using Writ.Identity.HttpSignatures;
using Writ.Testing;

namespace Writ.Gateways.Tests.Mcp.Upstreams;

public sealed class SignedUpstreamTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public async Task A_server_that_asks_for_it_gets_every_request_signed_and_another_none()
    {
        using var key = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());
        var signer = new RequestSigner(key, _time);
        await using var peer = await WebPeer.LegacyAsync((c, m) => WebPeer.ResultAsync(c, m, "{}"));
        await using (var upstream = new HttpUpstream(peer.Definition() with { Sign = true }, _time, null, signer))
            Assert.IsType<UpstreamAnswer.Result>(await CallAsync(upstream));

        Assert.Contains(peer.Seen, seen => seen.Method == "DELETE");
        var nonces = new HashSet<string>();
        foreach (var (method, headers, body) in peer.Seen)
        {
            Assert.True(MessageSignature.TryRead(headers["Signature-Input"], headers["Signature"], out var signatures));
            var message = new SignedMessage
            {
                Method = method, Scheme = "http", Authority = headers.Host.ToString(), Target = peer.Definition().Endpoint.PathAndQuery, Field = name => headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value,
            };
            var signature = signatures.Single();
            string[] required = method == "POST" ? ["@method", "@authority", "content-digest"] : ["@method", "@authority"];
            Assert.Equal(SignatureFault.None, signature.Check(message, new SignatureRules { Tag = "web-bot-auth", Required = [.. required], Target = true, MaxAge = RequestSigner.Life, Nonce = true }, _time.GetUtcNow()));
            Assert.Equal(SignatureFault.None, signature.Verify(message, key.VerificationKey));
            Assert.Equal(key.VerificationKey.Thumbprint.ToBase64Url(), signature.KeyId);
            Assert.True(nonces.Add(signature.Nonce!));
            Assert.Equal(method == "POST", ContentDigest.TryRead(message.Field(ContentDigest.Field), out var digest) && digest.IsOf(Encoding.UTF8.GetBytes(body.GetRawText())));
        }

        await using var plain = await WebPeer.LegacyAsync((c, m) => WebPeer.ResultAsync(c, m, "{}"));
        await using (var upstream = new HttpUpstream(plain.Definition(), _time, null, signer))
            Assert.IsType<UpstreamAnswer.Result>(await CallAsync(upstream));
        Assert.All(plain.Seen, seen => Assert.False(seen.Headers.ContainsKey("Signature")));
    }

    [Fact]
    public void What_is_to_be_signed_is_not_sent_where_nothing_signs() =>
        Assert.Throws<ArgumentException>(() => new HttpUpstream(new HttpServerDefinition { Endpoint = new Uri("https://tools.example/mcp"), Sign = true }, _time));

    [Theory]
    [InlineData("Signature")]
    [InlineData("signature-input")]
    [InlineData("Content-Digest")]
    public void No_definition_sets_a_signature_of_its_own(string header) =>
        Assert.NotNull(new HttpServerDefinition { Endpoint = new Uri("https://tools.example/mcp"), Headers = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add(header, "x") }.Problem);

    private static async Task<UpstreamAnswer> CallAsync(HttpUpstream upstream) =>
        await upstream.CallAsync(new UpstreamCall("a", "tools/call", JsonElement.Parse("""{"name":"t","arguments":{}}""")), TestContext.Current.CancellationToken);
}
