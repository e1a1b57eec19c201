using System.Text;
using System.Text.Json;
using Writ.Crypto.Jose;
using Writ.Testing;

namespace Writ.Crypto.Tests.Jose;

/// <summary>Reads the public JOSE vectors.</summary>
internal static class Vectors
{
    public static JsonElement Read(string name) => JsonElement.Parse(File.ReadAllBytes(Corpora.Require($"identity/jose/{name}")));

    public static IEnumerable<(JsonElement Group, JsonElement Test)> Wycheproof(string name)
    {
        foreach (var group in Read(name).GetProperty("testGroups").EnumerateArray())
        {
            foreach (var test in group.GetProperty("tests").EnumerateArray())
                yield return (group, test);
        }
    }

    public static bool IsValid(JsonElement test) => test.GetProperty("result").GetString() == "valid";

    public static byte[] Raw(JsonElement value) => Encoding.UTF8.GetBytes(value.GetRawText());

    /// <summary>The verification key of a JWK of either half, or null where it is refused.</summary>
    public static JsonWebKey? Key(JsonElement jwk)
    {
        if (JsonWebSigningKey.TryParse(Raw(jwk), out var signing, out _))
            return signing.VerificationKey;
        return JsonWebKey.TryParse(Raw(jwk), out var key, out _) ? key : null;
    }

    public static JsonWebSigningKey SigningKey(JsonElement jwk)
    {
        Assert.True(JsonWebSigningKey.TryParse(Raw(jwk), out var key, out var fault), fault.ToString());
        return key;
    }
}
