namespace Writ.Crypto.Jose;

/// <summary>The value of <c>kty</c> (RFC 7518 section 6.1, RFC 8037 section 2).</summary>
public enum JsonWebKeyType
{
    /// <summary><c>EC</c>, on P-256, P-384 or P-521.</summary>
    Ec,

    /// <summary><c>RSA</c>, of 2048 to 8192 bits.</summary>
    Rsa,

    /// <summary><c>OKP</c>, Ed25519.</summary>
    Okp,

    /// <summary><c>oct</c>, a shared secret. Never read where a public key is expected.</summary>
    Oct,
}
