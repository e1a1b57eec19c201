namespace Writ.Crypto.Jose;

/// <summary>Why a text is not a key that can be used.</summary>
public enum JsonWebKeyFault
{
    /// <summary>It is a key.</summary>
    None,

    /// <summary>Longer than the limit.</summary>
    TooLong,

    /// <summary>Not a JSON object, or one with a duplicate key, or a member of the wrong type.</summary>
    Malformed,

    /// <summary>The type of key is not <c>EC</c>, <c>RSA</c> or <c>OKP</c>; a shared secret where a public key is expected is one of these.</summary>
    UnknownKeyType,

    /// <summary>The curve is not P-256, P-384, P-521 or Ed25519.</summary>
    UnknownCurve,

    /// <summary>The key names an algorithm outside <see cref="JoseAlgorithm"/>, or one that its type or curve cannot do.</summary>
    WrongAlgorithm,

    /// <summary>A parameter is missing, not base64url, of the wrong length, or not a point of the curve.</summary>
    WrongParameter,

    /// <summary>A key known to be weak: RSA below 2048 bits or with a trivial exponent, the ROCA fingerprint, a secret shorter than its hash.</summary>
    Weak,

    /// <summary>A private key where a public one is expected: whoever published it has lost it.</summary>
    IsPrivate,

    /// <summary>A public key where a private one is expected.</summary>
    NotPrivate,

    /// <summary>A set with more keys than the limit.</summary>
    TooManyKeys,

    /// <summary>A set that mixes shared secrets with public keys, or holds two keys that a signature could not tell apart.</summary>
    Ambiguous,
}
