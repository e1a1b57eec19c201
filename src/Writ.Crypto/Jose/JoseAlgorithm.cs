using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Writ.Crypto.Jose;

/// <summary>
/// A signature algorithm of JOSE (RFC 7518 section 3.1, RFC 8037 section 3.1, RFC 9864 section 2.2). A closed set: <c>none</c>, SHA-1 and
/// whatever else a header may name do not exist here. Instances are unique, so they compare by reference. Immutable and thread safe.
/// </summary>
public sealed class JoseAlgorithm
{
    private static readonly Dictionary<string, JoseAlgorithm> ByName = new(StringComparer.Ordinal);

    private JoseAlgorithm(string name, JsonWebKeyType keyType, HashAlgorithmName hash, string? curve = null, bool isPss = false)
    {
        Name = name;
        KeyType = keyType;
        Hash = hash;
        Curve = curve;
        IsPss = isPss;
        ByName.Add(name, this);
    }

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256.</summary>
    public static JoseAlgorithm Rs256 { get; } = new("RS256", JsonWebKeyType.Rsa, HashAlgorithmName.SHA256);

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-384.</summary>
    public static JoseAlgorithm Rs384 { get; } = new("RS384", JsonWebKeyType.Rsa, HashAlgorithmName.SHA384);

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-512.</summary>
    public static JoseAlgorithm Rs512 { get; } = new("RS512", JsonWebKeyType.Rsa, HashAlgorithmName.SHA512);

    /// <summary>RSASSA-PSS with SHA-256 and a salt as long as the hash.</summary>
    public static JoseAlgorithm Ps256 { get; } = new("PS256", JsonWebKeyType.Rsa, HashAlgorithmName.SHA256, isPss: true);

    /// <summary>RSASSA-PSS with SHA-384 and a salt as long as the hash.</summary>
    public static JoseAlgorithm Ps384 { get; } = new("PS384", JsonWebKeyType.Rsa, HashAlgorithmName.SHA384, isPss: true);

    /// <summary>RSASSA-PSS with SHA-512 and a salt as long as the hash.</summary>
    public static JoseAlgorithm Ps512 { get; } = new("PS512", JsonWebKeyType.Rsa, HashAlgorithmName.SHA512, isPss: true);

    /// <summary>ECDSA on P-256 with SHA-256.</summary>
    public static JoseAlgorithm Es256 { get; } = new("ES256", JsonWebKeyType.Ec, HashAlgorithmName.SHA256, "P-256");

    /// <summary>ECDSA on P-384 with SHA-384.</summary>
    public static JoseAlgorithm Es384 { get; } = new("ES384", JsonWebKeyType.Ec, HashAlgorithmName.SHA384, "P-384");

    /// <summary>ECDSA on P-521 with SHA-512.</summary>
    public static JoseAlgorithm Es512 { get; } = new("ES512", JsonWebKeyType.Ec, HashAlgorithmName.SHA512, "P-521");

    /// <summary>Ed25519 by the name of RFC 8037, which alone would also allow Ed448; here it is Ed25519 and nothing else.</summary>
    public static JoseAlgorithm EdDsa { get; } = new("EdDSA", JsonWebKeyType.Okp, default, "Ed25519");

    /// <summary>Ed25519 by the fully specified name of RFC 9864.</summary>
    public static JoseAlgorithm Ed25519 { get; } = new("Ed25519", JsonWebKeyType.Okp, default, "Ed25519");

    /// <summary>HMAC with SHA-256: only with a key that the caller made as a shared secret.</summary>
    public static JoseAlgorithm Hs256 { get; } = new("HS256", JsonWebKeyType.Oct, HashAlgorithmName.SHA256);

    /// <summary>HMAC with SHA-384: only with a key that the caller made as a shared secret.</summary>
    public static JoseAlgorithm Hs384 { get; } = new("HS384", JsonWebKeyType.Oct, HashAlgorithmName.SHA384);

    /// <summary>HMAC with SHA-512: only with a key that the caller made as a shared secret.</summary>
    public static JoseAlgorithm Hs512 { get; } = new("HS512", JsonWebKeyType.Oct, HashAlgorithmName.SHA512);

    /// <summary>The value of <c>alg</c>.</summary>
    public string Name { get; }

    /// <summary>The one type of key it works with.</summary>
    public JsonWebKeyType KeyType { get; }

    /// <summary>The curve it is bound to; null for RSA and HMAC.</summary>
    public string? Curve { get; }

    internal HashAlgorithmName Hash { get; }

    internal bool IsPss { get; }

    /// <summary>The algorithm of a name, compared byte for byte; false for every name outside the set.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out JoseAlgorithm? algorithm)
    {
        algorithm = null;
        return name is not null && ByName.TryGetValue(name, out algorithm);
    }

    /// <summary>The value of <c>alg</c>.</summary>
    public override string ToString() => Name;
}
