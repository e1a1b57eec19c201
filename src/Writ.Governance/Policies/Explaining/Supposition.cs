using Writ.Governance.Registry;

namespace Writ.Governance.Policies.Explaining;

/// <summary>An organization as it would be. Nothing that is asked of one is decided or recorded.</summary>
public static class Supposition
{
    /// <summary>The organization if a bundle, that has no problem beside the others, were the active one of its name.</summary>
    public static OrganizationState Published(OrganizationState state, BundleArchive archive) =>
        state.Publish(new PublishedBundle(archive.Manifest.Name, archive.Manifest.Version, archive.Digest.ToHex(), archive));
}
