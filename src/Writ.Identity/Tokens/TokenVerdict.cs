namespace Writ.Identity.Tokens;

/// <summary>
/// What a presented token is worth. Anything but <see cref="Accepted"/> is told to the caller in the same words; the difference
/// is for the record and for the people who own the token.
/// </summary>
public enum TokenVerdict
{
    /// <summary>No token of this id was issued. The default, so that a forgotten verdict refuses.</summary>
    Unknown,

    /// <summary>The secret is wrong, or the token was presented as one of another kind.</summary>
    WrongSecret,

    /// <summary>The right secret of a token that has been revoked.</summary>
    Revoked,

    /// <summary>The right secret of a token whose time is over.</summary>
    Expired,

    /// <summary>The right secret of a token in force.</summary>
    Accepted,
}
