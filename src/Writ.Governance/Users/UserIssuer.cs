using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Writ.Governance.People;

namespace Writ.Governance.Users;

/// <summary>
/// Who is believed to say who an end user is: an OpenID provider of the organization's own applications, apart from those that its people log in by.
/// Immutable; <see cref="Problem"/> says why one cannot be used.
/// </summary>
public sealed record UserIssuer
{
    private const int MaxLength = 512;
    private const int MaxPrefix = 64;
    private const int MaxAudiences = 8;

    /// <summary>A slug without two hyphens in a row, unique in the organization.</summary>
    public required string Name { get; init; }

    /// <summary>The issuer identifier, which its tokens have to name byte for byte.</summary>
    public required string Issuer { get; init; }

    /// <summary>For whom a token has to be: the client ids or resources of the applications whose users agents act for. A token for another application is none.</summary>
    public required ImmutableArray<string> Audiences { get; init; }

    /// <summary>What stands before <c>sub</c> in the name of a user; no issuer's users can be taken for another's. Empty by default.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Where the user's role is said; null where it is not.</summary>
    public ClaimMapping? Role { get; init; }

    /// <summary>Where the user's tier is said; null where it is not.</summary>
    public ClaimMapping? Tier { get; init; }

    /// <summary>Loopback, private or otherwise special addresses that the issuer may have all the same. None by default.</summary>
    public ImmutableArray<string> AllowedAddresses { get; init; } = [];

    /// <summary>What is wrong with it and what to write instead; null when it can be used. Needs no network.</summary>
    [JsonIgnore]
    public string? Problem =>
        Audiences.IsDefaultOrEmpty || Audiences.Length > MaxAudiences || Audiences.Any(one => one.Length is 0 or > MaxLength || one.Any(char.IsControl))
            ? $"audiences: 1 to {MaxAudiences}, each of 1 to {MaxLength} characters"
        : Prefix.Length > MaxPrefix || !Prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':')
            ? $"prefix: at most {MaxPrefix} letters, digits, '-', '_', '.', '/', ':'"
        : Role?.Problem is { } role ? $"role: {role}"
        : Tier?.Problem is { } tier ? $"tier: {tier}"
        : AsProvider().Problem;

    /// <summary>The same, as whoever fetches its keys needs it.</summary>
    public OpenIdProvider AsProvider() => new() { Name = Name, Issuer = Issuer, ClientId = Audiences.IsDefaultOrEmpty ? "" : Audiences[0], AllowedAddresses = AllowedAddresses };

    /// <summary>Whether a user of this issuer could have the name of a user of another.</summary>
    internal bool IsConfusedWith(UserIssuer other) =>
        Issuer == other.Issuer || Prefix.StartsWith(other.Prefix, StringComparison.Ordinal) || other.Prefix.StartsWith(Prefix, StringComparison.Ordinal);
}
