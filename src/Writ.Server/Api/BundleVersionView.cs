using System.Collections.Immutable;
using Writ.Governance.Policies.Lifecycle;

namespace Writ.Server.Api;

/// <summary>A version of a bundle that can be rolled back to.</summary>
internal sealed record BundleVersionView(string Version, string Digest, string? Before, bool Active, string? SignedBy, ImmutableArray<string> Owners, string? Rationale, string? Changelog)
{
    public static BundleVersionView Of(BundleVersion version, string active)
    {
        var manifest = version.Bundle.Archive.Manifest;
        return new BundleVersionView(
            version.Bundle.Version, version.Bundle.Digest, version.Before, version.Bundle.Digest == active, version.Bundle.SignedBy, manifest.Owners, manifest.Rationale, manifest.Changelog);
    }
}
