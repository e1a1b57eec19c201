using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;

namespace Writ.Crypto.Jose;

/// <summary>
/// A key to verify signatures with (RFC 7517): EC on P-256, P-384 or P-521, RSA of 2048 to 8192 bits, Ed25519, or the shared secret that a
/// <see cref="JsonWebSigningKey"/> holds. Sound when it exists: its numbers were checked as it was read. Immutable and thread safe.
/// </summary>
public sealed class JsonWebKey
{
    private readonly IKeyMaterial _material;
    private readonly KeyUse _use;
    private readonly (string Name, string Value)[] _required;

    internal JsonWebKey(JsonWebKeyType keyType, string? curve, IKeyMaterial material, KeyUse use, (string Name, string Value)[] required)
    {
        KeyType = keyType;
        Curve = curve;
        _material = material;
        _use = use;
        _required = required;
        Thumbprint = Hash256.Of(Write(withUse: false));
    }

    /// <summary>The type of key.</summary>
    public JsonWebKeyType KeyType { get; }

    /// <summary>The value of <c>crv</c>; null for RSA and shared secrets.</summary>
    public string? Curve { get; }

    /// <summary>The value of <c>kid</c>: a hint of its publisher, not a name to trust. Null when absent.</summary>
    public string? KeyId => _use.KeyId;

    /// <summary>The one algorithm that the key is for; null when it names none.</summary>
    public JoseAlgorithm? Algorithm => _use.Algorithm;

    /// <summary>The value of <c>use</c> as given, for example <c>sig</c>, or <c>jwt-svid</c> in a SPIFFE bundle; null when absent.</summary>
    public string? Use => _use.Use;

    /// <summary>The SHA-256 thumbprint (RFC 7638): the same for every way to write the key.</summary>
    public Hash256 Thumbprint { get; }

    /// <summary>The thumbprint as a URI (RFC 9278): <c>urn:ietf:params:oauth:jwk-thumbprint:sha-256:…</c>.</summary>
    public string ThumbprintUri => "urn:ietf:params:oauth:jwk-thumbprint:sha-256:" + Thumbprint.ToBase64Url();

    /// <summary>The Ed25519 key; null for every other type.</summary>
    public Ed25519PublicKey? Ed25519 => (_material as Ed25519Material)?.PublicKey;

    /// <summary>
    /// Reads a public key from a JSON text of at most 16 KiB. A private key or a shared secret is refused, so that neither can stand where
    /// a public key is expected.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out JsonWebKey? key, out JsonWebKeyFault fault)
    {
        fault = KeyReader.TryRead(json, wantsPrivate: false, out key);
        return key is not null;
    }

    /// <summary>Reads a public key from a parsed value; see the other overload. Duplicate keys are the parser's to refuse.</summary>
    public static bool TryParse(JsonElement value, [NotNullWhen(true)] out JsonWebKey? key, out JsonWebKeyFault fault)
    {
        fault = KeyReader.TryRead(value, wantsPrivate: false, out key);
        return key is not null;
    }

    /// <summary>The public key of an Ed25519 pair.</summary>
    public static JsonWebKey FromEd25519(Ed25519PublicKey key, string? keyId = null, JoseAlgorithm? algorithm = null) =>
        OfEd25519(key, null, UseOf(algorithm, JsonWebKeyType.Okp, keyId));

    /// <summary>The public half of an ECDSA key on P-256, P-384 or P-521. The algorithm follows from the curve unless given.</summary>
    /// <exception cref="ArgumentException">Another curve.</exception>
    public static JsonWebKey FromEcdsa(ECDsa key, string? keyId = null, JoseAlgorithm? algorithm = null) =>
        OfEcdsa(key.ExportParameters(includePrivateParameters: false), EcCurve.OfKeySize(key.KeySize), UseOf(algorithm, JsonWebKeyType.Ec, keyId));

    /// <summary>The public half of an RSA key.</summary>
    /// <exception cref="ArgumentException">The key is weak, or longer than 8192 bits.</exception>
    public static JsonWebKey FromRsa(RSA key, string? keyId = null, JoseAlgorithm? algorithm = null) =>
        OfRsa(key.ExportParameters(includePrivateParameters: false), UseOf(algorithm, JsonWebKeyType.Rsa, keyId));

    /// <summary>True when the key's type, curve, length, <c>alg</c>, <c>use</c> and <c>key_ops</c> all allow it to verify by this algorithm.</summary>
    public bool CanVerify(JoseAlgorithm algorithm) => _use.MayVerify && CanDo(algorithm) && IsAlgorithm(algorithm);

    /// <summary>
    /// True when <paramref name="signature"/> is this key's over <paramref name="data"/>. False, not an error, for a signature of the wrong
    /// length and for an algorithm that the key is not for.
    /// </summary>
    public bool Verify(JoseAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        CanVerify(algorithm) && _material.Verify(algorithm, data, signature);

    /// <summary>The public key as a JSON object: the required members, then what it is for.</summary>
    /// <exception cref="InvalidOperationException">The key is a shared secret, which is never written.</exception>
    public byte[] ToJson() =>
        KeyType == JsonWebKeyType.Oct ? throw new InvalidOperationException("a shared secret is never written") : Write(withUse: true);

    /// <summary>The same key that also allows its holder's <c>use</c>; the specifications of some bundles have their own.</summary>
    /// <param name="use">The value of <c>use</c> that counts as <c>sig</c> in the result, for example <c>jwt-svid</c>.</param>
    public JsonWebKey AcceptingUse(string use) =>
        _use.Use == use ? new JsonWebKey(KeyType, Curve, _material, _use with { Use = "sig" }, _required) : this;

    /// <summary>Names the thumbprint; nothing of a secret.</summary>
    public override string ToString() => $"{KeyType} key {Thumbprint.ToBase64Url()}";

    internal static JsonWebKey OfEd25519(Ed25519PublicKey publicKey, Ed25519PrivateKey? privateKey, KeyUse use) =>
        new(JsonWebKeyType.Okp, "Ed25519", new Ed25519Material(publicKey, privateKey), use, [("crv", "Ed25519"), ("kty", "OKP"), ("x", Base64Url.EncodeToString(publicKey.Bytes))]);

    internal static JsonWebKey OfEcdsa(ECParameters parameters, EcCurve curve, KeyUse use) =>
        new(JsonWebKeyType.Ec, curve.Name, new EcMaterial(curve, parameters), use,
            [("crv", curve.Name), ("kty", "EC"), ("x", Base64Url.EncodeToString(parameters.Q.X)), ("y", Base64Url.EncodeToString(parameters.Q.Y))]);

    internal static JsonWebKey OfRsa(RSAParameters parameters, KeyUse use)
    {
        var fault = RsaRules.Check(parameters.Modulus, parameters.Exponent);
        if (fault != JsonWebKeyFault.None)
            throw new ArgumentException($"an RSA key that signs nothing here: {fault}");
        return new JsonWebKey(JsonWebKeyType.Rsa, null, new RsaMaterial(parameters), use,
            [("e", Base64Url.EncodeToString(parameters.Exponent)), ("kty", "RSA"), ("n", Base64Url.EncodeToString(parameters.Modulus))]);
    }

    internal static KeyUse UseOf(JoseAlgorithm? algorithm, JsonWebKeyType keyType, string? keyId) =>
        algorithm is null || algorithm.KeyType == keyType
            ? new KeyUse(algorithm, null, null, keyId)
            : throw new ArgumentException($"{algorithm} is not done with such a key", nameof(algorithm));

    /// <summary>Whether type, curve and length can do an algorithm, whatever the key says it is for.</summary>
    internal bool CanDo(JoseAlgorithm algorithm) =>
        algorithm.KeyType == KeyType && algorithm.Curve == Curve && (_material is not HmacMaterial secret || secret.IsLongEnoughFor(algorithm));

    internal bool CanSign(JoseAlgorithm algorithm) => _use.MaySign && CanDo(algorithm) && IsAlgorithm(algorithm);

    internal byte[] Sign(JoseAlgorithm algorithm, ReadOnlySpan<byte> data) => _material.Sign(algorithm, data);

    internal void Dispose() => _material.Dispose();

    // EdDSA and Ed25519 are two names of one algorithm (RFC 9864 section 2.2).
    private bool IsAlgorithm(JoseAlgorithm algorithm) =>
        Algorithm is null || Algorithm == algorithm || (Algorithm.KeyType == JsonWebKeyType.Okp && algorithm.KeyType == JsonWebKeyType.Okp);

    // RFC 7638 section 3: the required members alone, in order of their names, without white space. Their values need no escape.
    private byte[] Write(bool withUse)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in _required)
                writer.WriteString(name, value);
            if (withUse)
                WriteUse(writer);
            writer.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private void WriteUse(Utf8JsonWriter writer)
    {
        if (KeyId is not null)
            writer.WriteString("kid", KeyId);
        if (Algorithm is not null)
            writer.WriteString("alg", Algorithm.Name);
        if (Use is not null)
            writer.WriteString("use", Use);
    }
}
