using System.Diagnostics.CodeAnalysis;
using System.Text;
using Writ.Crypto.Jose;
using Writ.Identity.OAuth;

namespace Writ.Governance.OAuth;

/// <summary>The key that an OAuth client signs its assertions with. It is registered by value: no address is ever asked for it.</summary>
public static class OAuthClientKey
{
    /// <summary>Reads a set of exactly one key, and writes the key alone, as it is recorded.</summary>
    public static bool TryReadSet(string text, [NotNullWhen(true)] out string? key, out string obstacle)
    {
        ArgumentNullException.ThrowIfNull(text);
        key = null;
        obstacle = "a JWK set with one public key: EC on P-256, P-384 or P-521, Ed25519, or RSA of 2048 bits and more; another key is another registration, which follows this one";
        if (!JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(text), out var set, out _) || set is not { Ignored: 0, Keys: [var one] } || !CanSign(one))
            return false;
        key = Encoding.UTF8.GetString(one.ToJson());
        return true;
    }

    /// <summary>Reads a key as it was recorded; null where it is none.</summary>
    public static JsonWebKey? Read(string text) =>
        JsonWebKey.TryParse(Encoding.UTF8.GetBytes(text), out var key, out _) && CanSign(key) ? key : null;

    /// <summary>Whether a key has signed a text, by an algorithm that it is for.</summary>
    public static bool HasSigned(JsonWebKey key, byte[] text, string signature)
    {
        ArgumentNullException.ThrowIfNull(key);
        var bytes = new byte[1_024];
        return Convert.TryFromBase64String(signature, bytes, out var length) && DpopVerifier.Algorithms.Any(algorithm => key.Verify(algorithm, text, bytes.AsSpan(0, length)));
    }

    private static bool CanSign(JsonWebKey key) => DpopVerifier.Algorithms.Any(key.CanVerify);
}
