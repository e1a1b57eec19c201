namespace Writ.Identity.Dids;

/// <summary>The kinds of public keys that a multikey here can be.</summary>
public enum MultikeyType
{
    /// <summary>Ed25519, multicodec <c>0xed</c>.</summary>
    Ed25519,

    /// <summary>NIST P-256, multicodec <c>0x1200</c>, compressed.</summary>
    P256,

    /// <summary>NIST P-384, multicodec <c>0x1201</c>, compressed.</summary>
    P384,

    /// <summary>secp256k1, multicodec <c>0xe7</c>, compressed. It is read, and verifies nothing here.</summary>
    Secp256k1,
}
