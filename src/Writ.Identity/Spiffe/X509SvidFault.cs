namespace Writ.Identity.Spiffe;

/// <summary>Why a chain of certificates is not an X.509-SVID, or not one of a trusted domain (X509-SVID sections 2 to 5).</summary>
public enum X509SvidFault
{
    /// <summary>Nothing is wrong with it.</summary>
    None,

    /// <summary>There is no certificate, too many, or one that is too long.</summary>
    WrongSize,

    /// <summary>A subject alternative name cannot be read, or there are two of them.</summary>
    UnreadableName,

    /// <summary>There is not exactly one URI among the names.</summary>
    NotOneUri,

    /// <summary>The URI is no SPIFFE id.</summary>
    NotASpiffeId,

    /// <summary>A leaf names a trust domain only, or a signing certificate more than that.</summary>
    WrongPath,

    /// <summary>A leaf may sign certificates, or a signing certificate may not.</summary>
    WrongAuthority,

    /// <summary>The key usage is missing, not critical, or not that of its place in the chain.</summary>
    WrongKeyUsage,

    /// <summary>The extended key usage leaves out the client or the server.</summary>
    WrongExtendedKeyUsage,

    /// <summary>A key or a signature is of a kind that is not taken: RSA of 2,048 bits or more and NIST curves, with SHA-2.</summary>
    WeakAlgorithm,

    /// <summary>Nobody trusts the domain that the id names.</summary>
    UnknownTrustDomain,

    /// <summary>It is not in force yet, or no more.</summary>
    OutOfTime,

    /// <summary>No path leads to a root of the trust domain that the id names.</summary>
    NoPath,
}
