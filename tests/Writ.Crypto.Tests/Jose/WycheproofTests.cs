using System.Security.Cryptography;
using System.Text.Json;
using Writ.Crypto.Jose;
using Writ.Crypto.Signing;

namespace Writ.Crypto.Tests.Jose;

/// <summary>Project Wycheproof's vectors, through the door that a token comes through.</summary>
public sealed class WycheproofTests
{
    /// <summary>Vectors that are "valid" and that Writ refuses on purpose.</summary>
    private static readonly Dictionary<int, string> RefusedOnPurpose = new()
    {
        [346] = "the key says PS256 and the header PS384: the algorithm is the key's",
        [347] = "the key says ES521, which is no algorithm of RFC 7518",
        [350] = "the key says PS256 and the header PS384: the algorithm is the key's",
        [351] = "the key says ES521, which is no algorithm of RFC 7518",
        [372] = "a question mark within base64url, which RFC 7515 section 2 does not know",
        [373] = "a question mark within base64url, which RFC 7515 section 2 does not know",
    };

    /// <summary>Vectors that are "invalid" and yet, byte for byte, vector 357, which is "valid": the padding they speak of got lost.</summary>
    private static readonly int[] CopiesOfAValidOne = [367, 370];

    [Fact]
    public void All_401_signatures_of_the_JWS_vectors_are_judged_as_they_should_be()
    {
        var judged = 0;
        foreach (var (group, test) in Vectors.Wycheproof("wycheproof_json_web_signature_test.json"))
        {
            var id = test.GetProperty("tcId").GetInt32();
            var jwk = group.TryGetProperty("public", out var half) ? half : group.GetProperty("private");
            var accepted = Vectors.Key(jwk) is { } key && Accepts(new JsonWebKeySet([key]), test.GetProperty("jws"));
            var expected = CopiesOfAValidOne.Contains(id) || (Vectors.IsValid(test) && !RefusedOnPurpose.ContainsKey(id));
            Assert.True(accepted == expected, $"vector {id}, {test.GetProperty("comment")}: accepted is {accepted}");
            judged++;
        }

        Assert.Equal(401, judged);
    }

    [Fact]
    public void All_26_key_sets_of_the_JWK_vectors_are_judged_as_they_should_be()
    {
        var judged = 0;
        foreach (var (group, test) in Vectors.Wycheproof("wycheproof_json_web_key_test.json"))
        {
            var jwks = (group.TryGetProperty("public", out var half) ? half : group.GetProperty("private")).GetProperty("keys");
            var keys = jwks.EnumerateArray().Select(jwk => Vectors.Key(jwk)).OfType<JsonWebKey>().ToList();

            // Who has shared secrets reads each; a set that lost one of them is not the set that was given.
            var accepted = keys.Count == jwks.GetArrayLength() && !Mixes(keys) && Accepts(new JsonWebKeySet(keys), test.GetProperty("jws"));
            Assert.True(accepted == Vectors.IsValid(test), $"vector {test.GetProperty("tcId")}, {group.GetProperty("comment")}: accepted is {accepted}");
            judged++;
        }

        Assert.Equal(26, judged);
    }

    [Fact]
    public void All_262_signatures_of_the_P256_vectors_are_judged_as_they_should_be()
    {
        var judged = 0;
        foreach (var (group, test) in Vectors.Wycheproof("wycheproof_ecdsa_secp256r1_sha256_p1363_test.json"))
        {
            var key = P256Key(group);
            Assert.NotNull(key);
            var accepted = key.Verify(JoseAlgorithm.Es256, Hex(test, "msg"), Hex(test, "sig"));
            Assert.True(accepted == Vectors.IsValid(test), $"vector {test.GetProperty("tcId")}, {test.GetProperty("comment")}: accepted is {accepted}");
            judged++;
        }

        Assert.Equal(262, judged);
    }

    [Fact]
    public void All_151_signatures_of_the_Ed25519_vectors_are_judged_as_they_should_be()
    {
        var judged = 0;
        foreach (var (group, test) in Vectors.Wycheproof("wycheproof_ed25519_test.json"))
        {
            Assert.True(Ed25519PublicKey.TryParse(Hex(group.GetProperty("publicKey"), "pk"), out var publicKey));
            var accepted = JsonWebKey.FromEd25519(publicKey).Verify(JoseAlgorithm.EdDsa, Hex(test, "msg"), Hex(test, "sig"));
            Assert.True(accepted == Vectors.IsValid(test), $"vector {test.GetProperty("tcId")}, {test.GetProperty("comment")}: accepted is {accepted}");
            judged++;
        }

        Assert.Equal(151, judged);
    }

    // Some groups have the key as a certificate would have it alone.
    private static JsonWebKey? P256Key(JsonElement group)
    {
        if (group.TryGetProperty("publicKeyJwk", out var jwk))
            return Vectors.Key(jwk);
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Hex(group, "publicKeyDer"), out _);
        return JsonWebKey.FromEcdsa(key);
    }

    private static byte[] Hex(JsonElement test, string name) => Convert.FromHexString(test.GetProperty(name).GetString()!);

    private static bool Mixes(List<JsonWebKey> keys)
    {
        var mixes = keys.Select(key => key.KeyType == JsonWebKeyType.Oct).Distinct().Count() > 1;
        if (mixes)
            Assert.Throws<ArgumentException>(() => new JsonWebKeySet(keys));
        return mixes;
    }


    private static bool Accepts(JsonWebKeySet keys, JsonElement jws)
    {
        var text = jws.ValueKind == JsonValueKind.String ? jws.GetString() : jws.GetRawText();
        return CompactJws.TryParse(text, out var read, out _) && new JwsVerifier(keys).Verify(read.Signature) == JoseFault.None;
    }
}
