namespace Writ.Identity.Spiffe;

/// <summary>Why a text is not a SPIFFE id (SPIFFE-ID section 2).</summary>
public enum SpiffeIdFault
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>It does not begin with <c>spiffe://</c>, in lower case.</summary>
    WrongScheme,

    /// <summary>Longer than <see cref="SpiffeId.MaxLength"/> bytes.</summary>
    TooLong,

    /// <summary>The trust domain is empty.</summary>
    MissingTrustDomain,

    /// <summary>The trust domain is longer than <see cref="SpiffeId.MaxTrustDomainLength"/> bytes.</summary>
    TrustDomainTooLong,

    /// <summary>A trust domain holds only a-z, 0-9, dot, hyphen and underscore: no port, no user, no percent-encoding.</summary>
    WrongTrustDomainCharacter,

    /// <summary>A path segment holds only a-z, A-Z, 0-9, dot, hyphen and underscore: no query, no fragment, no percent-encoding.</summary>
    WrongPathCharacter,

    /// <summary>A path has no empty segment and no slash at its end.</summary>
    EmptySegment,

    /// <summary>A path has no segment <c>.</c> or <c>..</c>.</summary>
    DotSegment,
}
