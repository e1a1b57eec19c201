using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Crypto.Jose;
using Writ.Crypto.Signing;

namespace Writ.Crypto.Tests.Jose;

public sealed class JsonWebKeyTests
{
    private const string P256 = """{"kty":"EC","crv":"P-256","x":"04N0xi21hshyvBp7I167sbE_bXqyqkAPfefdklMO7wY","y":"UI8exy-C06a7DUnjIdENkxeFtHM4-l_41LqEw9nVgmw"}""";
    private const string Ed25519 = """{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""";

    [Fact]
    public void The_thumbprints_of_RFC_7638_and_RFC_8037_come_out()
    {
        var vectors = Vectors.Read("jwk-thumbprint-vectors.json");
        Assert.NotEqual(0, vectors.GetArrayLength());
        foreach (var vector in vectors.EnumerateArray())
        {
            Assert.True(JsonWebKey.TryParse(Encoding.UTF8.GetBytes(vector.GetProperty("jwk").GetString()!), out var key, out var fault), fault.ToString());
            Assert.Equal(vector.GetProperty("thumbprint").GetString(), key.Thumbprint.ToBase64Url());
            Assert.Equal("urn:ietf:params:oauth:jwk-thumbprint:sha-256:" + vector.GetProperty("thumbprint").GetString(), key.ThumbprintUri);
        }
    }

    [Fact]
    public void A_key_written_and_read_again_is_the_same_key()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        using var pair = Ed25519PrivateKey.Generate();
        foreach (var key in (JsonWebKey[])[
            JsonWebKey.FromEcdsa(ecdsa, "a", JoseAlgorithm.Es384), JsonWebKey.FromRsa(rsa, "b", JoseAlgorithm.Ps256), JsonWebKey.FromEd25519(pair.PublicKey, "c")])
        {
            Assert.True(JsonWebKey.TryParse(key.ToJson(), out var again, out _));
            Assert.Equal(key.Thumbprint, again.Thumbprint);
            Assert.Equal((key.KeyId, key.Algorithm), (again.KeyId, again.Algorithm));
        }
    }

    [Theory]
    [InlineData("y", "UI8exy-C06a7DUnjIdENkxeFtHM4-l_41LqEw9nVgm0", JsonWebKeyFault.WrongParameter)]
    [InlineData("y", "UI8exy-C06a7DUnjIdENkxeFtHM4-l_41LqEw9nVgmw=", JsonWebKeyFault.WrongParameter)]
    [InlineData("y", "UI8exy-C06a7DUnjIdENkxeFtHM4-l_41LqEw9nVgmx", JsonWebKeyFault.WrongParameter)]
    [InlineData("y", "UI8exy-C06a7DUnjIdENkxeFtHM4+l/41LqEw9nVgmw", JsonWebKeyFault.WrongParameter)]
    [InlineData("y", "AFCPHscvgtOmuw1J4yHRDZMXhbRzOPpf-NS6hMPZ1YJs", JsonWebKeyFault.WrongParameter)]
    [InlineData("crv", "P-384", JsonWebKeyFault.WrongParameter)]
    [InlineData("crv", "secp256k1", JsonWebKeyFault.UnknownCurve)]
    [InlineData("kty", "RSA", JsonWebKeyFault.WrongParameter)]
    [InlineData("kty", "ec", JsonWebKeyFault.UnknownKeyType)]
    [InlineData("alg", "ES384", JsonWebKeyFault.WrongAlgorithm)]
    [InlineData("alg", "none", JsonWebKeyFault.WrongAlgorithm)]
    [InlineData("alg", "HS256", JsonWebKeyFault.WrongAlgorithm)]
    [InlineData("d", "yy49oPcINGK2ps0LmtxpB6UTEOiITghHBif6wDqmJ3c", JsonWebKeyFault.IsPrivate)]
    public void A_key_with_one_member_wrong_is_refused(string member, string value, JsonWebKeyFault expected)
    {
        var key = JsonNode.Parse(P256)!.AsObject();
        Assert.True(JsonWebKey.TryParse(Encoding.UTF8.GetBytes(key.ToJsonString()), out _, out _));
        key[member] = value;
        Assert.False(JsonWebKey.TryParse(Encoding.UTF8.GetBytes(key.ToJsonString()), out var read, out var fault));
        Assert.Null(read);
        Assert.Equal(expected, fault);
    }

    [Theory]
    [InlineData("""{"kty":"OKP","kty":"EC","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", JsonWebKeyFault.Malformed)]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":7}""", JsonWebKeyFault.Malformed)]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","key_ops":["verify","verify"]}""", JsonWebKeyFault.Malformed)]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"\ud800"}""", JsonWebKeyFault.Malformed)]
    [InlineData("""{"kty":"OKP","crv":"Ed448","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", JsonWebKeyFault.UnknownCurve)]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""", JsonWebKeyFault.WrongParameter)]
    [InlineData("""{"kty":"oct","k":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}""", JsonWebKeyFault.UnknownKeyType)]
    [InlineData("""["kty"]""", JsonWebKeyFault.Malformed)]
    [InlineData("", JsonWebKeyFault.Malformed)]
    public void What_is_no_public_key_is_refused(string json, JsonWebKeyFault expected)
    {
        Assert.False(JsonWebKey.TryParse(Encoding.UTF8.GetBytes(json), out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void A_private_half_that_belongs_to_another_public_one_is_refused()
    {
        using var one = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = JsonNode.Parse(JsonWebKey.FromEcdsa(one).ToJson())!.AsObject();
        key["d"] = Base64Url.EncodeToString(one.ExportParameters(true).D);
        Assert.True(JsonWebSigningKey.TryParse(Encoding.UTF8.GetBytes(key.ToJsonString()), out var sound, out _));
        sound.Dispose();
        key["d"] = Base64Url.EncodeToString(other.ExportParameters(true).D);
        Assert.False(JsonWebSigningKey.TryParse(Encoding.UTF8.GetBytes(key.ToJsonString()), out _, out var fault));
        Assert.Equal(JsonWebKeyFault.WrongParameter, fault);

        var okp = JsonNode.Parse(Ed25519)!.AsObject();
        okp["d"] = Base64Url.EncodeToString(new byte[32]);
        Assert.False(JsonWebSigningKey.TryParse(Encoding.UTF8.GetBytes(okp.ToJsonString()), out _, out _));
    }

    [Fact]
    public void A_signing_key_shows_no_secret_and_once_disposed_signs_no_more()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var json = $$"""{"kty":"oct","k":"{{Base64Url.EncodeToString(secret)}}","alg":"HS256"}""";
        Assert.True(JsonWebSigningKey.TryParse(Encoding.UTF8.GetBytes(json), out var hmac, out _));
        Assert.DoesNotContain(Base64Url.EncodeToString(secret)[..12], hmac.ToString(), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => hmac.VerificationKey.ToJson());
        hmac.Dispose();
        Assert.Throws<ObjectDisposedException>(() => hmac.Sign(JoseAlgorithm.Hs256, "m"u8));
        Assert.Throws<ObjectDisposedException>(() => hmac.VerificationKey.Verify(JoseAlgorithm.Hs256, "m"u8, HMACSHA256.HashData(new byte[32], "m"u8)));

        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ec = JsonWebSigningKey.FromEcdsa(ecdsa);
        var signature = ec.Sign(JoseAlgorithm.Es256, "m"u8);
        Assert.DoesNotContain("\"d\"", Encoding.UTF8.GetString(ec.VerificationKey.ToJson()), StringComparison.Ordinal);
        ec.Dispose();
        ec.Dispose();
        Assert.Throws<ObjectDisposedException>(() => ec.Sign(JoseAlgorithm.Es256, "m"u8));
        Assert.True(ec.VerificationKey.Verify(JoseAlgorithm.Es256, "m"u8, signature));
    }

    [Fact]
    public async Task One_key_serves_many_callers_at_once()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = JsonWebSigningKey.FromEcdsa(ecdsa);
        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() =>
        {
            var data = BitConverter.GetBytes(i);
            return key.VerificationKey.Verify(JoseAlgorithm.Es256, data, key.Sign(JoseAlgorithm.Es256, data));
        })));
        Assert.All(results, Assert.True);
    }

    [Fact]
    public void A_set_leaves_out_what_it_cannot_use_and_counts_it()
    {
        var json = $$"""{"keys":[{{P256}},{"kty":"EC","crv":"P-256"},{"kty":"oct","k":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"},{{Ed25519}},{"kty":"new"}]}""";
        Assert.True(JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(json), out var set, out _));
        Assert.Equal([JsonWebKeyType.Ec, JsonWebKeyType.Okp], set.Keys.Select(key => key.KeyType));
        Assert.Equal(3, set.Ignored);
    }

    [Theory]
    [InlineData("""{"keys":[],"keys":[]}""")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("""[]""")]
    public void What_is_no_set_is_refused(string json) => Assert.False(JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(json), out _, out _));
}
