namespace Writ.Governance.Policies;

/// <summary>What a manifest says to people: bounded, and without characters that a terminal or a page would act on.</summary>
internal static class ManifestWords
{
    private const int MaxText = 4_000;
    private const int MaxOwners = 32;
    private const int MaxOwner = 64;

    /// <summary>What is wrong with it.</summary>
    public static IEnumerable<string> Problems(BundleManifest manifest)
    {
        foreach (var (name, text) in new[] { ("description", manifest.Description), ("rationale", manifest.Rationale), ("changelog", manifest.Changelog) })
        {
            if (text is not null && (text.Length > MaxText || text.Any(c => char.IsControl(c) && c != '\n')))
                yield return $"{name}: at most {MaxText} characters, and no control characters but line ends";
        }

        if (manifest.Owners.Length > MaxOwners || manifest.Owners.Any(owner => owner.Length is 0 or > MaxOwner || owner.Any(char.IsControl)))
            yield return $"owners: at most {MaxOwners} names of 1 to {MaxOwner} characters";
    }
}
