using System.Collections.Immutable;

namespace Writ.Governance.Agents;

/// <summary>Where a draft comes from, and what was claimed with it: for people to read, and for nothing to decide by. Immutable.</summary>
/// <param name="Source">How it came about.</param>
/// <param name="Reference">What it came from: an enrolment, an agent, a digest.</param>
/// <param name="Claims">What it says of itself, by name.</param>
public sealed record AgentOrigin(AgentSource Source, string Reference, ImmutableSortedDictionary<string, string> Claims)
{
    /// <summary>The most claims.</summary>
    public const int MaxClaims = 32;

    /// <summary>The longest claim, in characters.</summary>
    public const int MaxClaim = 256;

    /// <summary>No claims.</summary>
    public static ImmutableSortedDictionary<string, string> NoClaims { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>What is wrong with claims, or null.</summary>
    public static string? ProblemWith(ImmutableSortedDictionary<string, string> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        return claims.Count > MaxClaims ? $"claims: at most {MaxClaims}"
            : claims.FirstOrDefault(claim => !AgentLabel.IsValid(claim.Key) || !AgentLabel.IsValid(claim.Value, MaxClaim)) is { Key: { } name } ? $"{AgentLabel.Inert(name) ?? "claims"}: 1 to {MaxClaim} visible characters"
            : null;
    }
}
