using System.Collections.Immutable;

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

    public ImmutableArray<string> Owners { get; init; } = [];
}
