using Writ.Governance.Organizations;

namespace Writ.Governance.Policies;

/// <summary>
/// What a manifest says: bounded, and without characters that a terminal or a page would act on. Held to when a bundle is published, not
/// when one of an older binary is compiled, which decides as it did.
/// </summary>
internal static class ManifestWords
{
    private const int MaxText = 4_000;
    private const int MaxOwners = 32;
    private const int MaxOwner = 64;
    private const int MaxVersion = 64;

    /// <summary>What is wrong with it.</summary>
    public static IEnumerable<string> Problems(BundleManifest manifest)
    {
        if (!Slug.IsValid(manifest.Name))
            yield return $"name: {Slug.Rule}";
        if (manifest.Version.Length is 0 or > MaxVersion || manifest.Version.Any(char.IsControl))
            yield return $"version: 1 to {MaxVersion} characters, none of them a control character";
        foreach (var (name, text) in new[] { ("description", manifest.Description), ("rationale", manifest.Rationale), ("changelog", manifest.Changelog) })
        {
            if (text is not null && (text.Length > MaxText || text.Any(c => char.IsControl(c) && c != '\n')))
                yield return $"{name}: at most {MaxText} characters, and no control characters but line ends";
        }

        if (manifest.Owners.Length > MaxOwners || manifest.Owners.Any(owner => owner.Length is 0 or > MaxOwner || owner.Any(char.IsControl)))
            yield return $"owners: at most {MaxOwners} names of 1 to {MaxOwner} characters";
    }
}
