namespace Writ.Identity.OAuth;

/// <summary>An end user, as a verified token of a user issuer said. Immutable.</summary>
/// <param name="Issuer">The registered issuer, by name.</param>
/// <param name="Id">Which of its users: the issuer's own <c>sub</c>.</param>
public sealed record AccessUser(string Issuer, string Id)
{
    /// <summary>The user's role; empty where the issuer says none.</summary>
    public string Role { get; init; } = "";

    /// <summary>The user's tier; empty where the issuer says none.</summary>
    public string Tier { get; init; } = "";

    /// <summary>When the user proved who they are; null where the issuer does not say.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>How they proved it, in the issuer's words; empty where it does not say.</summary>
    public string Assurance { get; init; } = "";
}
