using System.Collections.Immutable;

namespace Writ.Governance.Policies.Lifecycle;

/// <summary>
/// The versions of one bundle in the order of their publication, each digest once. Immutable. A rollback changes what holds and not
/// this: what was rolled back stays to be looked at, and may hold again.
/// </summary>
public sealed record BundleHistory(ImmutableArray<BundleVersion> Versions)
{
    /// <summary>How many versions are kept to roll back to; older ones lie in the control log alone.</summary>
    public const int MaxVersions = 20;

    public static BundleHistory Empty { get; } = new([]);

    /// <summary>The version of a digest, if it is kept.</summary>
    public BundleVersion? Find(string digest) => Versions.FirstOrDefault(version => version.Bundle.Digest == digest);

    internal BundleHistory Publish(PublishedBundle bundle, string? active)
    {
        var known = Find(bundle.Digest);
        // Publishing what holds already is no step, so that a rollback never leads to where it started.
        var before = active == bundle.Digest ? known?.Before : active;
        var others = Versions.RemoveAll(version => version.Bundle.Digest == bundle.Digest);
        return new BundleHistory([.. others.TakeLast(MaxVersions - 1), new BundleVersion(bundle, before)]);
    }
}
