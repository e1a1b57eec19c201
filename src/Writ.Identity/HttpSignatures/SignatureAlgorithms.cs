using Writ.Crypto.Jose;

namespace Writ.Identity.HttpSignatures;

/// <summary>The algorithms of RFC 9421 section 3.3. Which one it is follows from the key; a signature can only say the same.</summary>
internal static class SignatureAlgorithms
{
    /// <summary>The name of the algorithm of a key; null where it has none here.</summary>
    public static string? NameFor(JsonWebKey key) => AlgorithmOf(key) is { } algorithm ? NameOf(algorithm) : null;

    /// <summary>The algorithm of a key; null where it has none here.</summary>
    public static JoseAlgorithm? AlgorithmOf(JsonWebKey key) => key switch
    {
        { KeyType: JsonWebKeyType.Okp } => JoseAlgorithm.Ed25519,
        { KeyType: JsonWebKeyType.Ec, Curve: "P-256" } => JoseAlgorithm.Es256,
        { KeyType: JsonWebKeyType.Ec, Curve: "P-384" } => JoseAlgorithm.Es384,
        { KeyType: JsonWebKeyType.Rsa } => key.Algorithm == JoseAlgorithm.Rs256 ? JoseAlgorithm.Rs256 : JoseAlgorithm.Ps512,
        { KeyType: JsonWebKeyType.Oct } => JoseAlgorithm.Hs256,
        _ => null,
    };

    private static string? NameOf(JoseAlgorithm algorithm) =>
        algorithm == JoseAlgorithm.Ed25519 ? "ed25519"
        : algorithm == JoseAlgorithm.Es256 ? "ecdsa-p256-sha256"
        : algorithm == JoseAlgorithm.Es384 ? "ecdsa-p384-sha384"
        : algorithm == JoseAlgorithm.Ps512 ? "rsa-pss-sha512"
        : algorithm == JoseAlgorithm.Rs256 ? "rsa-v1_5-sha256"
        : algorithm == JoseAlgorithm.Hs256 ? "hmac-sha256"
        : null;
}
