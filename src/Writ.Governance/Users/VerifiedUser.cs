using Writ.Governance.Decisions;
using Writ.Identity.OAuth;

namespace Writ.Governance.Users;

/// <summary>An end user whom a token proved, and what it said of them. Immutable.</summary>
/// <param name="Name">The user, with who vouched.</param>
/// <param name="Facts">What the token said.</param>
public sealed record VerifiedUser(Attested<string> Name, UserFacts Facts)
{
    /// <summary>The user that an access token of Writ's is for; the token is verified already.</summary>
    public static VerifiedUser? Of(AccessToken? token) => token?.User is { } user ? Of(user) : null;

    /// <summary>The same, from what a user issuer said.</summary>
    public static VerifiedUser Of(AccessUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return new VerifiedUser(new Attested<string>(user.Id, $"user-issuer/{user.Issuer}"), new UserFacts(user.Role, user.Tier, user.AuthenticatedAt, user.Assurance));
    }
}
