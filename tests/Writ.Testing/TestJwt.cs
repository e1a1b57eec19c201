using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Writ.Testing;

/// <summary>Makes JWTs as a stranger would: whatever stands in header and claims, with ES256 or with whatever signature is wanted.</summary>
public static class TestJwt
{
    public static string Sign(ECDsa key, JsonObject header, JsonObject claims) => Sign(key, header.ToJsonString(), claims.ToJsonString());

    public static string Sign(ECDsa key, string header, string claims) => With(header, claims, input => key.SignData(input, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    /// <summary>A text whose signature is made by somebody else.</summary>
    public static string With(string header, string claims, Func<byte[], byte[]> sign)
    {
        var input = $"{Encode(header)}.{Encode(claims)}";
        return $"{input}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(input)))}";
    }

    /// <summary>The public half as a JWK.</summary>
    public static JsonObject Jwk(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) };
    }

    /// <summary>A proof of possession (RFC 9449) for a request.</summary>
    public static string Proof(ECDsa key, DateTimeOffset now, string method, string address, string? nonce = null, string? token = null, Action<JsonObject, JsonObject>? change = null)
    {
        var header = new JsonObject { ["typ"] = "dpop+jwt", ["alg"] = "ES256", ["jwk"] = Jwk(key) };
        var claims = new JsonObject { ["jti"] = Guid.NewGuid().ToString(), ["htm"] = method, ["htu"] = address, ["iat"] = now.ToUnixTimeSeconds() };
        if (nonce is not null)
            claims["nonce"] = nonce;
        if (token is not null)
            claims["ath"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
        change?.Invoke(header, claims);
        return Sign(key, header, claims);
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
