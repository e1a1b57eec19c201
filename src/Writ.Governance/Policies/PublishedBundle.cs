namespace Writ.Governance.Policies;

/// <summary>A bundle as the control log holds it.</summary>
/// <param name="Name">One bundle of a name is active at a time.</param>
/// <param name="Version">The publisher's own version.</param>
/// <param name="Digest">SHA-256 over the bundle's archive, in hexadecimal.</param>
/// <param name="Archive">The manifest and the policy files.</param>
public sealed record PublishedBundle(string Name, string Version, string Digest, BundleArchive Archive)
{
    /// <summary>The id of the key that signed it; null where a person's token alone vouches for it.</summary>
    public string? SignedBy { get; init; }
}
