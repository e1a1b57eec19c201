using System.Collections.Immutable;

namespace Writ.Governance.Users;

/// <summary>Whose word an organization takes for end users. Immutable.</summary>
public sealed record UserIssuers
{
    /// <summary>The most issuers, those that wait included.</summary>
    public const int Most = 16;

    public static UserIssuers None { get; } = new();

    /// <summary>By name, those that are believed.</summary>
    public ImmutableSortedDictionary<string, TrustedUserIssuer> ByName { get; init; } = ImmutableSortedDictionary.Create<string, TrustedUserIssuer>(StringComparer.Ordinal);

    /// <summary>By name, those that wait for a second person.</summary>
    public ImmutableSortedDictionary<string, UserIssuerProposal> Proposals { get; init; } = ImmutableSortedDictionary.Create<string, UserIssuerProposal>(StringComparer.Ordinal);

    /// <summary>The issuer of an issuer identifier; null where nobody vouched for it.</summary>
    public TrustedUserIssuer? Of(string issuer) => ByName.Values.FirstOrDefault(one => one.Issuer.Issuer == issuer);

    /// <summary>Why an issuer cannot be believed beside the others; null where it can.</summary>
    public string? Obstacle(UserIssuer issuer)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        return issuer.Problem
            ?? (!ByName.ContainsKey(issuer.Name) && !Proposals.ContainsKey(issuer.Name) && ByName.Count + Proposals.Count >= Most ? $"an organization has at most {Most} user issuers"
                : ByName.Values.FirstOrDefault(one => one.Issuer.Name != issuer.Name && one.Issuer.IsConfusedWith(issuer)) is { } other
                    ? $"users of '{other.Issuer.Name}' could be taken for its users: each issuer has a prefix, and none begins with another's"
                    : null);
    }
}
