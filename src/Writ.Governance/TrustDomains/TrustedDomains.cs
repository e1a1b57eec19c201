using System.Collections.Immutable;

namespace Writ.Governance.TrustDomains;

/// <summary>Whose word an organization takes for SPIFFE ids: its own authorities for its own domain, and for each other domain that domain's. They never merge. Immutable.</summary>
public sealed record TrustedDomains
{
    /// <summary>The most authorities of its own, those of the past included.</summary>
    public const int MostAuthorities = 32;

    /// <summary>The most other domains.</summary>
    public const int MostForeign = 64;

    /// <summary>The longest bundle of another domain, in characters.</summary>
    public const int MaxBundle = 32 * 1024;

    public static TrustedDomains None { get; } = new();

    /// <summary>Its own authorities, oldest first.</summary>
    public ImmutableArray<OwnAuthority> Authorities { get; init; } = [];

    /// <summary>What the authorities that stand vouch with; null while there is none.</summary>
    public TrustDomain? Own { get; init; }

    /// <summary>By name, the domains that were imported.</summary>
    public ImmutableSortedDictionary<string, TrustDomain> Foreign { get; init; } = ImmutableSortedDictionary.Create<string, TrustDomain>(StringComparer.Ordinal);

    /// <summary>By name, bundles that wait for a second person.</summary>
    public ImmutableSortedDictionary<string, ForeignProposal> Proposals { get; init; } = ImmutableSortedDictionary.Create<string, ForeignProposal>(StringComparer.Ordinal);

    /// <summary>The authority that signs: the newest that stands; null while there is none.</summary>
    public OwnAuthority? Signing => Authorities.LastOrDefault(authority => !authority.Retired);

    /// <summary>After a restore nobody's word is taken: an authority may have been retired, and another domain removed, after the backup.</summary>
    public TrustedDomains Distrusted() => new() { Authorities = [.. Authorities.Select(authority => authority with { Retired = true })] };
}
