using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Serialization;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Remote;

namespace Writ.Governance.People;

/// <summary>Who else is believed to say who somebody is: an OpenID provider, with which Writ is registered. Immutable; <see cref="Problem"/> says why one cannot be used.</summary>
public sealed record OpenIdProvider
{
    private const int MaxLength = 512;
    private const int MaxAddresses = 16;

    /// <summary>A slug without two hyphens in a row, unique in the organization; it stands in the redirect URI.</summary>
    public required string Name { get; init; }

    /// <summary>The issuer identifier, which everything the provider says has to name byte for byte (OpenID Connect Discovery 1.0, section 3).</summary>
    public required string Issuer { get; init; }

    /// <summary>What the provider calls Writ.</summary>
    public required string ClientId { get; init; }

    /// <summary>Loopback, private or otherwise special addresses that the provider may have all the same. None by default.</summary>
    public ImmutableArray<string> AllowedAddresses { get; init; } = [];

    /// <summary>What is wrong with it and what to write instead; null when it can be used. Needs no network.</summary>
    [JsonIgnore]
    public string? Problem =>
        !Slug.IsValid(Name) || Name.Contains("--", StringComparison.Ordinal) ? $"name: {Slug.Rule}, no two hyphens in a row"
        : Issuer.Length > MaxLength || !Uri.TryCreate(Issuer, UriKind.Absolute, out var issuer) || issuer.Scheme is not ("https" or "http")
            || issuer.UserInfo.Length > 0 || issuer.Query.Length > 0 || issuer.Fragment.Length > 0 || Issuer.Any(c => char.IsControl(c) || c is ' ' or '?' or '#')
            ? "issuer: the provider's issuer identifier, an https URL without query or fragment"
        : ClientId.Length is 0 or > MaxLength || ClientId.Any(char.IsControl) ? $"client_id: 1 to {MaxLength} characters"
        : AllowedAddresses.IsDefault || AllowedAddresses.Length > MaxAddresses || !AllowedAddresses.All(a => AllowedNetwork.TryRead(a, out _))
            ? $"allowed_addresses: at most {MaxAddresses}, each an IP address or a network such as 10.0.0.0/8"
        : null;

    /// <summary>The networks that <see cref="AllowedAddresses"/> names.</summary>
    public ImmutableArray<IPNetwork> Networks() => [.. AllowedAddresses.Select(a => AllowedNetwork.TryRead(a, out var network) ? network : throw new FormatException(a))];
}
