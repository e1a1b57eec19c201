using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Writ.Crypto.Signing;

namespace Writ.Crypto.Jose;

/// <summary>
/// A private key or a shared secret to sign with. Thread safe; <see cref="Dispose"/> wipes it, and its <see cref="VerificationKey"/> stays
/// usable unless the secret is shared. Nothing of the secret is ever written.
/// </summary>
public sealed class JsonWebSigningKey : IDisposable
{
    private readonly JsonWebKey _key;

    private JsonWebSigningKey(JsonWebKey key, JsonWebKey verificationKey)
    {
        _key = key;
        VerificationKey = verificationKey;
    }

    /// <summary>The public half; for a shared secret, the secret's own verifier.</summary>
    public JsonWebKey VerificationKey { get; }

    /// <summary>
    /// Reads a private key or a shared secret from a JSON text of at most 16 KiB. An RSA key needs all of its numbers (RFC 7518 section
    /// 6.3.2), a shared secret at least 32 bytes.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out JsonWebSigningKey? key, out JsonWebKeyFault fault)
    {
        fault = KeyReader.TryRead(json, wantsPrivate: true, out var read);
        key = read is null ? null : new JsonWebSigningKey(read, PublicHalfOf(read));
        return key is not null;
    }

    /// <summary>The signing key of an Ed25519 pair, which it then owns.</summary>
    public static JsonWebSigningKey FromEd25519(Ed25519PrivateKey key, string? keyId = null) =>
        new(JsonWebKey.OfEd25519(key.PublicKey, key, JsonWebKey.UseOf(null, JsonWebKeyType.Okp, keyId)), JsonWebKey.FromEd25519(key.PublicKey, keyId));

    /// <summary>The signing key of an ECDSA pair on P-256, P-384 or P-521, of which it takes a copy.</summary>
    /// <exception cref="ArgumentException">Another curve.</exception>
    /// <exception cref="CryptographicException">The private half cannot be exported.</exception>
    public static JsonWebSigningKey FromEcdsa(ECDsa key, string? keyId = null)
    {
        var own = JsonWebKey.OfEcdsa(key.ExportParameters(includePrivateParameters: true), EcCurve.OfKeySize(key.KeySize), JsonWebKey.UseOf(null, JsonWebKeyType.Ec, keyId));
        return new JsonWebSigningKey(own, JsonWebKey.FromEcdsa(key, keyId));
    }

    /// <summary>The signing key of an RSA pair, of which it takes a copy.</summary>
    /// <exception cref="ArgumentException">The key is weak, or longer than 8192 bits.</exception>
    /// <exception cref="CryptographicException">The private half cannot be exported.</exception>
    public static JsonWebSigningKey FromRsa(RSA key, string? keyId = null)
    {
        var own = JsonWebKey.OfRsa(key.ExportParameters(includePrivateParameters: true), JsonWebKey.UseOf(null, JsonWebKeyType.Rsa, keyId));
        return new JsonWebSigningKey(own, JsonWebKey.FromRsa(key, keyId));
    }

    /// <summary>True when the key's type, curve, length, <c>alg</c>, <c>use</c> and <c>key_ops</c> all allow it to sign by this algorithm.</summary>
    public bool CanSign(JoseAlgorithm algorithm) => _key.CanSign(algorithm);

    /// <summary>The signature over <paramref name="data"/>; for ECDSA, R and S side by side.</summary>
    /// <exception cref="ArgumentException">The key is not for this algorithm.</exception>
    /// <exception cref="ObjectDisposedException">The key has been disposed.</exception>
    public byte[] Sign(JoseAlgorithm algorithm, ReadOnlySpan<byte> data) =>
        CanSign(algorithm) ? _key.Sign(algorithm, data) : throw new ArgumentException($"{algorithm} is not what this key is for", nameof(algorithm));

    /// <summary>Wipes the secret. Safe to call twice.</summary>
    public void Dispose() => _key.Dispose();

    /// <summary>Names the public half only.</summary>
    public override string ToString() => $"signing key of {VerificationKey}";

    private static JsonWebKey PublicHalfOf(JsonWebKey key)
    {
        if (key.KeyType == JsonWebKeyType.Oct)
            return key;
        return JsonWebKey.TryParse(key.ToJson(), out var half, out var fault) ? half : throw new InvalidOperationException($"a key's own public half does not read: {fault}");
    }
}
