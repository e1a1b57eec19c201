using Writ.Governance.Policies;

namespace Writ.Server.Api;

/// <summary>An active bundle.</summary>
internal sealed record BundleSummary(string Name, string Version, BundleTier Tier, string Digest)
{
    /// <summary>For whom it holds, as <c>team/support</c> or <c>agent/…</c>; null for everybody.</summary>
    public string? HoldsFor { get; init; }

    public static BundleSummary Of(PublishedBundle bundle) =>
        new(bundle.Name, bundle.Version, bundle.Archive.Manifest.Tier, bundle.Digest) { HoldsFor = bundle.Archive.Manifest.HoldsFor };
}
