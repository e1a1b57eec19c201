using System.Text;
using System.Text.Json;
using Writ.Crypto.Jose;

namespace Writ.Crypto.Tests.Jose;

/// <summary>The signatures of RFC 7520 section 4 and the Ed25519 one of RFC 8037, in every serialization they are printed in.</summary>
public sealed class Rfc7520Tests
{
    public static TheoryData<string> Files => [
        "cookbook_4_1.rsa_v15_signature.json",
        "cookbook_4_2.rsa-pss_signature.json",
        "cookbook_4_3.ecdsa_signature.json",
        "cookbook_4_4.hmac-sha2_integrity_protection.json",
        "cookbook_4_5.signature_with_detached_content.json",
        "cookbook_4_6.protecting_specific_header_fields.json",
        "cookbook_4_7.protecting_content_only.json",
        "cookbook_4_8.multiple_signatures.json",
        "cookbook_jws.json",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_printed_serialization_verifies_and_with_one_bit_changed_none(string file)
    {
        var vector = Vectors.Read(file);
        var payload = Encoding.UTF8.GetBytes(vector.GetProperty("input").GetProperty("payload").GetString()!);
        var output = vector.GetProperty("output");
        var keys = Keys(vector);
        var seen = 0;
        foreach (var form in (ReadOnlySpan<string>)["json", "json_flat"])
        {
            if (!output.TryGetProperty(form, out var json))
                continue;
            var isDetached = !json.TryGetProperty("payload", out _);
            Assert.True(isDetached
                ? JsonJws.TryParseDetached(Vectors.Raw(json), payload, out var jws, out var fault)
                : JsonJws.TryParse(Vectors.Raw(json), out jws, out fault), fault.ToString());
            Assert.Equal(payload, jws!.Payload.ToArray());
            Assert.Equal(jws.Signatures.Count, jws.Signatures.Count(signature => IsAccepted(signature, keys)));
            foreach (var signature in jws.Signatures)
                Assert.False(IsAccepted(Flipped(signature), keys));
            seen++;
        }

        if (output.TryGetProperty("compact", out var compact))
        {
            var text = compact.GetString()!;
            var isDetached = text.Contains("..", StringComparison.Ordinal);
            Assert.True(isDetached
                ? CompactJws.TryParseDetached(text, payload, out var jws, out _)
                : CompactJws.TryParse(text, out jws, out _));
            Assert.Equal(payload, jws!.Payload.ToArray());
            Assert.True(IsAccepted(jws.Signature, keys));
            Assert.False(IsAccepted(Flipped(jws.Signature), keys));
            seen++;
        }

        Assert.True(seen > 0);
    }

    [Theory]
    [InlineData("cookbook_4_1.rsa_v15_signature.json", "RS256")]
    [InlineData("cookbook_4_4.hmac-sha2_integrity_protection.json", "HS256")]
    [InlineData("cookbook_jws.json", "EdDSA")]
    public void A_deterministic_signature_comes_out_byte_for_byte(string file, string algorithm)
    {
        var vector = Vectors.Read(file);
        using var key = Vectors.SigningKey(vector.GetProperty("input").GetProperty("key"));
        Assert.True(JoseAlgorithm.TryParse(algorithm, out var alg));
        var payload = Encoding.UTF8.GetBytes(vector.GetProperty("input").GetProperty("payload").GetString()!);
        Assert.Equal(vector.GetProperty("output").GetProperty("compact").GetString(), new JwsSigner(key, alg).Sign(payload));
    }

    [Theory]
    [InlineData("cookbook_4_2.rsa-pss_signature.json", "PS384")]
    [InlineData("cookbook_4_3.ecdsa_signature.json", "ES512")]
    public void A_randomized_signature_of_the_same_key_verifies(string file, string algorithm)
    {
        var vector = Vectors.Read(file);
        using var key = Vectors.SigningKey(vector.GetProperty("input").GetProperty("key"));
        Assert.True(JoseAlgorithm.TryParse(algorithm, out var alg));
        Assert.True(CompactJws.TryParse(new JwsSigner(key, alg).Sign("m"u8), out var jws, out _));
        Assert.Equal(JoseFault.None, new JwsVerifier(key.VerificationKey).Verify(jws.Signature));
    }

    private static List<JsonWebKey> Keys(JsonElement vector)
    {
        var key = vector.GetProperty("input").GetProperty("key");
        return key.ValueKind == JsonValueKind.Array ? [.. key.EnumerateArray().Select(one => Vectors.Key(one)!)] : [Vectors.Key(key)!];
    }

    // One key at a time: a set holds no shared secret beside public keys, and the vectors have both.
    private static bool IsAccepted(JwsSignature signature, List<JsonWebKey> keys) =>
        keys.Any(key => new JwsVerifier(key).Verify(signature) == JoseFault.None);

    private static JwsSignature Flipped(JwsSignature signature)
    {
        var value = signature.Value.ToArray();
        value[^1] ^= 1;
        return new JwsSignature(signature.Header, signature.SigningInput, value);
    }
}
