using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Writ.Crypto.Jose;
using Writ.Crypto.Signing;

namespace Writ.Crypto.Tests.Jose;

public sealed class CompactJwsTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    [Fact]
    public void A_signature_verifies_and_with_any_one_character_changed_it_does_not()
    {
        using var key = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate(), "k1");
        var text = new JwsSigner(key, JoseAlgorithm.EdDsa).Sign("""{"pay":"100 to bob"}"""u8, "aat+jwt");
        var verifier = new JwsVerifier(key.VerificationKey);
        Assert.True(Verifies(verifier, text));
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var other in (ReadOnlySpan<char>)[text[i] == '.' ? 'A' : Alphabet[(Alphabet.IndexOf(text[i]) + 1) % 64], '.', '=', '\n'])
            {
                if (other != text[i])
                    Assert.False(Verifies(verifier, text[..i] + other + text[(i + 1)..]), $"character {i} became {(int)other}");
            }
        }
    }

    [Theory]
    [InlineData("""{"alg":"none"}""", JoseFault.UnknownAlgorithm)]
    [InlineData("""{"alg":"NONE"}""", JoseFault.UnknownAlgorithm)]
    [InlineData("""{"alg":"RS1"}""", JoseFault.UnknownAlgorithm)]
    [InlineData("""{"alg":"ed25519"}""", JoseFault.UnknownAlgorithm)]
    [InlineData("""{}""", JoseFault.UnknownAlgorithm)]
    [InlineData("""{"alg":["EdDSA"]}""", JoseFault.MalformedHeader)]
    [InlineData("""{"alg":"EdDSA","alg":"none"}""", JoseFault.MalformedHeader)]
    [InlineData("""{"alg":"EdDSA","kid":1}""", JoseFault.MalformedHeader)]
    [InlineData("""{"alg":"EdDSA","x":{"a":1,"a":2}}""", JoseFault.MalformedHeader)]
    [InlineData("""{"alg":"EdDSA","a\u006cg":"none"}""", JoseFault.MalformedHeader)]
    [InlineData("""{"alg":"EdDSA"} x""", JoseFault.MalformedHeader)]
    [InlineData("""{"alg":"EdDSA","crit":["b64"],"b64":false}""", JoseFault.CriticalExtension)]
    [InlineData("""{"alg":"EdDSA","crit":[]}""", JoseFault.CriticalExtension)]
    [InlineData("\"EdDSA\"", JoseFault.MalformedHeader)]
    public void A_header_that_says_too_much_or_too_little_is_refused(string header, JoseFault expected)
    {
        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.e30.AA";
        Assert.False(CompactJws.TryParse(text, out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void A_public_key_used_as_a_shared_secret_verifies_nothing()
    {
        using var rsa = RSA.Create(2048);
        var key = JsonWebKey.FromRsa(rsa, "r");
        var header = Base64Url.EncodeToString("""{"alg":"HS256","kid":"r"}"""u8);
        foreach (var secret in (byte[][])[key.ToJson(), rsa.ExportSubjectPublicKeyInfo(), rsa.ExportRSAPublicKey(), Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem())])
        {
            var forged = $"{header}.e30";
            forged += "." + Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(forged)));
            Assert.True(CompactJws.TryParse(forged, out var jws, out _));
            Assert.Equal(JoseFault.KeyMismatch, new JwsVerifier(key).Verify(jws.Signature));
        }
    }

    [Fact]
    public void A_key_that_the_header_brings_along_is_not_used()
    {
        using var thief = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());
        using var owner = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());
        var header = $$"""{"alg":"EdDSA","jwk":{{Encoding.UTF8.GetString(thief.VerificationKey.ToJson())}},"jku":"https://thief.example/keys"}""";
        var input = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.e30";
        var text = $"{input}.{Base64Url.EncodeToString(thief.Sign(JoseAlgorithm.EdDsa, Encoding.ASCII.GetBytes(input)))}";
        Assert.True(CompactJws.TryParse(text, out var jws, out _));
        Assert.Equal(JoseFault.WrongSignature, new JwsVerifier(owner.VerificationKey).Verify(jws.Signature));
        Assert.Equal(JoseFault.None, new JwsVerifier(thief.VerificationKey).Verify(jws.Signature));
    }

    [Fact]
    public void The_algorithm_is_the_keys_own()
    {
        using var rsa = RSA.Create(2048);
        using var signing = JsonWebSigningKey.FromRsa(rsa);
        Assert.True(CompactJws.TryParse(new JwsSigner(signing, JoseAlgorithm.Rs256).Sign("m"u8), out var jws, out _));
        Assert.Equal(JoseFault.None, new JwsVerifier(signing.VerificationKey).Verify(jws.Signature));
        Assert.Equal(JoseFault.KeyMismatch, new JwsVerifier(JsonWebKey.FromRsa(rsa, null, JoseAlgorithm.Ps256)).Verify(jws.Signature));
        Assert.Equal(JoseFault.AlgorithmNotAccepted, new JwsVerifier(signing.VerificationKey, [JoseAlgorithm.Es256]).Verify(jws.Signature));
    }

    [Fact]
    public void A_kid_chooses_the_key_and_where_several_fit_none_is_guessed()
    {
        using var one = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate(), "one");
        using var two = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate(), "two");
        using var unnamed = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());
        var both = new JwsVerifier(new JsonWebKeySet([one.VerificationKey, two.VerificationKey]));
        Assert.Equal(JoseFault.None, Verify(both, two));
        Assert.Equal(JoseFault.AmbiguousKey, Verify(both, unnamed));
        Assert.Equal(JoseFault.UnknownKey, Verify(new JwsVerifier(one.VerificationKey), two));
        Assert.Equal(JoseFault.AmbiguousKey, Verify(new JwsVerifier(new JsonWebKeySet([one.VerificationKey, one.VerificationKey])), one));
        Assert.Equal(JoseFault.UnknownKey, Verify(new JwsVerifier(new JsonWebKeySet([])), one));
    }

    [Fact]
    public void A_detached_payload_binds_like_an_attached_one()
    {
        using var key = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());
        var text = new JwsSigner(key, JoseAlgorithm.Ed25519).SignDetached("the terms"u8);
        Assert.True(CompactJws.TryParseDetached(text, "the terms"u8, out var jws, out _));
        Assert.Equal(JoseFault.None, new JwsVerifier(key.VerificationKey).Verify(jws.Signature));
        Assert.True(CompactJws.TryParseDetached(text, "the terms."u8, out jws, out _));
        Assert.Equal(JoseFault.WrongSignature, new JwsVerifier(key.VerificationKey).Verify(jws.Signature));
        Assert.True(CompactJws.TryParse(text, out jws, out _));
        Assert.Equal(JoseFault.WrongSignature, new JwsVerifier(key.VerificationKey).Verify(jws.Signature));
        Assert.False(CompactJws.TryParseDetached(new JwsSigner(key, JoseAlgorithm.Ed25519).Sign("the terms"u8), "the terms"u8, out _, out _));
    }

    [Fact]
    public void A_text_above_the_limit_is_refused_before_it_is_read()
    {
        Assert.False(CompactJws.TryParse(new string('.', CompactJws.DefaultMaxBytes + 1), out _, out var fault));
        Assert.Equal(JoseFault.TooLong, fault);
        Assert.False(CompactJws.TryParse(new string('.', CompactJws.DefaultMaxBytes), out _, out fault));
        Assert.Equal(JoseFault.Malformed, fault);
    }

    [Theory]
    [InlineData("""{"payload":"bQ","protected":"eyJhbGciOiJFZERTQSJ9","header":{"alg":"EdDSA"},"signature":"AA"}""")]
    [InlineData("""{"payload":"bQ","protected":"eyJhbGciOiJFZERTQSJ9","header":{"crit":["x"],"x":1},"signature":"AA"}""")]
    [InlineData("""{"payload":"bQ","protected":"eyJhbGciOiJFZERTQSJ9","signature":"AA","signatures":[{"protected":"eyJhbGciOiJFZERTQSJ9","signature":"AA"}]}""")]
    [InlineData("""{"payload":"bQ","signature":"AA"}""")]
    [InlineData("""{"payload":"bQ","signatures":[]}""")]
    [InlineData("""{"protected":"eyJhbGciOiJFZERTQSJ9","signature":"AA"}""")]
    public void A_JSON_serialization_that_two_readers_could_read_differently_is_refused(string json)
    {
        Assert.True(JsonJws.TryParse("""{"payload":"bQ","protected":"eyJhbGciOiJFZERTQSJ9","signature":"AA"}"""u8, out _, out _));
        Assert.False(JsonJws.TryParse(Encoding.UTF8.GetBytes(json), out _, out _));
    }

    private static JoseFault Verify(JwsVerifier verifier, JsonWebSigningKey signer) =>
        CompactJws.TryParse(new JwsSigner(signer, JoseAlgorithm.EdDsa).Sign("m"u8), out var jws, out var fault) ? verifier.Verify(jws.Signature) : fault;

    private static bool Verifies(JwsVerifier verifier, string text) =>
        CompactJws.TryParse(text, out var jws, out _) && verifier.Verify(jws.Signature) == JoseFault.None;
}
