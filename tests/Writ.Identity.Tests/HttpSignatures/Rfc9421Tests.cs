using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Crypto.Jose;
using Writ.Identity.HttpSignatures;
using Writ.Testing;

namespace Writ.Identity.Tests.HttpSignatures;

public sealed class Rfc9421Tests
{
    [Fact]
    public void Every_base_of_the_appendix_is_made_from_its_message_and_every_signature_verifies()
    {
        var vectors = Vectors();
        var count = 0;
        foreach (var item in vectors["cases"]!.AsArray())
        {
            var (message, signature) = Read(vectors, item!);
            Assert.Equal(SignatureFault.None, SignatureBase.TryMake(message, signature.Components, Parameters(item!), out var bytes));
            Assert.Equal(Text(item!, "signature_base"), Encoding.ASCII.GetString(bytes));
            Assert.Equal(SignatureFault.None, signature.Verify(message, KeyOf(vectors, signature.KeyId!)));
            count++;
        }

        Assert.Equal(6, count);
    }

    [Fact]
    public void A_signature_holds_for_no_other_message_and_no_other_key()
    {
        var vectors = Vectors();
        foreach (var item in vectors["cases"]!.AsArray().Skip(1)) // the first covers nothing, as its title says
        {
            var (message, signature) = Read(vectors, item!);
            var key = KeyOf(vectors, signature.KeyId!);
            foreach (var component in signature.Components)
            {
                var other = Altered(message, component.Name);
                Assert.NotEqual(SignatureFault.None, signature.Verify(other, key));
            }

            foreach (var (name, _) in vectors["keys"]!.AsObject().Where(other => other.Key != signature.KeyId && other.Key != "test-key-rsa"))
                Assert.NotEqual(SignatureFault.None, signature.Verify(message, KeyOf(vectors, name)));
        }
    }

    [Fact]
    public void The_examples_of_a_proxy_verify_too()
    {
        var vectors = Vectors();
        var blocks = vectors["b3_b4_blocks"]!.AsArray().Select(block => block!.GetValue<string>()).Where(block => block.Contains("\nSignature-Input: ", StringComparison.Ordinal)).ToArray();
        var verified = 0;
        foreach (var block in blocks)
        {
            var message = RawMessage.Read(block);
            Assert.True(MessageSignature.TryRead(message.Field("signature-input"), message.Field("signature"), out var signatures));
            verified += signatures.Single().Verify(message, KeyOf(vectors, signatures.Single().KeyId!)) == SignatureFault.None ? 1 : 0;
        }

        // Appendix B.4 shows one message six times: as signed, as three proxies may pass it on, and as two may not.
        Assert.Equal((blocks.Length - 2, blocks.Length), (verified, blocks.Length));
    }

    [Fact]
    public void The_content_digests_of_the_appendix_are_of_their_content()
    {
        var request = RawMessage.Read(Vectors()["request"]!.GetValue<string>());
        Assert.True(ContentDigest.TryRead(request.Field("content-digest"), out var digest));
        Assert.True(digest.IsOf("""{"hello": "world"}"""u8));
        Assert.False(digest.IsOf("""{"hello": "World"}"""u8));
    }

    [Fact]
    public void What_is_signed_here_verifies_here()
    {
        var vectors = Vectors();
        var message = RawMessage.Read(vectors["request"]!.GetValue<string>());
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var terms = new SignatureTerms { Components = ["@method", "@target-uri", "content-digest"], Created = DateTimeOffset.UnixEpoch, KeyId = "k\"1\\", Tag = "t", Nonce = "n", WithAlgorithm = true };
        using var key = JsonWebSigningKey.FromEcdsa(ec);
        var (input, value) = MessageSigner.Sign(message, terms, key);
        Assert.True(MessageSignature.TryRead([input], [value], out var signatures));
        Assert.Equal("k\"1\\", signatures.Single().KeyId);
        Assert.Equal("ecdsa-p384-sha384", signatures.Single().Algorithm);
        Assert.Equal(SignatureFault.None, signatures.Single().Verify(message, key.VerificationKey));
        Assert.Equal(SignatureFault.WrongAlgorithm, signatures.Single().Verify(message, KeyOf(vectors, "test-key-ed25519")));
        Assert.Throws<ArgumentException>(() => MessageSigner.Sign(message, terms with { Components = ["x-none"] }, key));
    }

    private static (SignedMessage Message, MessageSignature Signature) Read(JsonNode vectors, JsonNode item)
    {
        var target = Text(item, "target");
        var text = Text(vectors, target);
        if (target == "response")
        {
            // The digest that is printed with the response is not the one of its content that was signed.
            var content = text[(text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
            var start = text.IndexOf("sha-512=:", StringComparison.Ordinal);
            text = text[..start] + $"sha-512=:{Convert.ToBase64String(SHA512.HashData(Encoding.UTF8.GetBytes(content)))}:" + text[text.IndexOf('\n', start)..];
        }

        var message = RawMessage.Read(text, moreHeaders: Text(item, "headers"));
        Assert.True(MessageSignature.TryRead(message.Field("signature-input"), message.Field("signature"), out var signatures));
        return (message, signatures.Single());
    }

    private static SignedMessage Altered(SignedMessage message, string name) => name switch
    {
        "@method" => message with { Method = "PUT" },
        "@path" => message with { Target = "/bar?param=Value&Pet=dog" },
        "@query" or "@query-param" => message with { Target = "/foo?param=Value&Pet=cat" },
        "@authority" => message with { Authority = "example.org" },
        "@status" => message with { Status = 201 },
        _ => message with { Field = asked => asked == name ? ["x"] : message.Field(asked) },
    };

    private static string Parameters(JsonNode item) => Text(item, "signature_base").Split("\"@signature-params\": ")[1];

    private static JsonWebKey KeyOf(JsonNode vectors, string name)
    {
        var jwk = vectors["keys"]![name]!.DeepClone().AsObject();
        if (jwk.ContainsKey("k"))
        {
            var secret = new JsonObject { ["kty"] = "oct", ["k"] = jwk["k"]!.GetValue<string>().TrimEnd('=').Replace('+', '-').Replace('/', '_') };
            Assert.True(JsonWebSigningKey.TryParse(Encoding.UTF8.GetBytes(secret.ToJsonString()), out var shared, out var unfit), unfit.ToString());
            return shared.VerificationKey;
        }

        foreach (var member in new[] { "d", "p", "q", "dp", "dq", "qi" })
            jwk.Remove(member);
        Assert.True(JsonWebKey.TryParse(Encoding.UTF8.GetBytes(jwk.ToJsonString()), out var key, out var fault), $"{name}: {fault}");
        return key;
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static JsonNode Vectors() => JsonNode.Parse(File.ReadAllBytes(Corpora.Require("identity/rfc9421/rfc9421-appendix-b.json")))!;
}
