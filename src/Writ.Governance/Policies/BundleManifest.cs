using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Writ.Governance.Policies.Levels;

namespace Writ.Governance.Policies;

/// <summary>What a bundle says of itself, in <c>bundle.json</c>. Unknown members are errors.</summary>
public sealed record BundleManifest
{
    /// <summary>A slug; publishing a bundle of the same name replaces it.</summary>
    public required string Name { get; init; }

    /// <summary>The publisher's own version, 1 to 64 characters.</summary>
    public required string Version { get; init; }

    public required BundleTier Tier { get; init; }

    public string? Description { get; init; }

    /// <summary>Why the bundle is there, for people: at most 4,000 characters.</summary>
    public string? Rationale { get; init; }

    /// <summary>What this version changes, and why, for people: at most 4,000 characters.</summary>
    public string? Changelog { get; init; }

    /// <summary>Who answers for it: at most 32 names of 1 to 64 characters.</summary>
    public ImmutableArray<string> Owners { get; init; } = [];

    /// <summary>For whom its policies hold; null is everybody in the organization.</summary>
    public BundleLevel? Level { get; init; }

    /// <summary>The team, at level <c>team</c>.</summary>
    public string? Team { get; init; }

    /// <summary>The agent's id, at level <c>agent</c>.</summary>
    public string? Agent { get; init; }

    /// <summary>For whom it holds, as <c>team/support</c> or <c>agent/…</c>; null for everybody.</summary>
    [JsonIgnore]
    public string? HoldsFor => Level switch
    {
        BundleLevel.Team => $"team/{Team}",
        BundleLevel.Agent => $"agent/{Agent}",
        _ => null,
    };

    /// <summary>In what permits of lower levels count; null is in nothing.</summary>
    public ImmutableArray<AreaDelegation>? Delegates { get; init; }
}
