using System.Collections.Immutable;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Lifecycle;

namespace Writ.Server.Api;

/// <summary>A version of a bundle, and where it stands. <c>Before</c> is the digest that it replaced, or was staged over.</summary>
internal sealed record BundleVersionView(
    string Version, string Digest, string? Before, bool Active, BundleState State, string? SignedBy, ImmutableArray<string> Owners, string? Rationale, string? Changelog)
{
    public static BundleVersionView Of(PublishedBundle bundle, string? before, BundleState state)
    {
        var manifest = bundle.Archive.Manifest;
        return new BundleVersionView(
            bundle.Version, bundle.Digest, before, state == BundleState.Active, state, bundle.SignedBy, manifest.Owners, manifest.Rationale, manifest.Changelog);
    }
}
