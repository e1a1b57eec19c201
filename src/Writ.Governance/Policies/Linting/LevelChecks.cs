using Writ.Cedar.Policies;
using Writ.Governance.Policies.Levels;
using Writ.Governance.Registry;

namespace Writ.Governance.Policies.Linting;

/// <summary>Permits of a lower level that count nowhere, because no bundle of a higher level delegated anything to it.</summary>
internal static class LevelChecks
{
    public static IEnumerable<LintFinding> Find(LintSubject subject, BundleManifest manifest, OrganizationState? beside)
    {
        if (beside is null || BundleHolder.Of(manifest, out _) is not { } holder)
            return [];
        var others = beside.Bundles.Values.Where(bundle => bundle.Name != manifest.Name).Select(bundle => bundle.Archive.Manifest);
        return new DelegatedAreas([.. others, manifest]).Any(holder)
            ? []
            : subject.Rules.Where(rule => rule.Policy.Effect == Effect.Permit)
                .Select(rule => LintFinding.On(rule, "undelegated", LintSeverity.Warning, $"counts nowhere: no active bundle of a higher level delegates anything to {holder}"));
    }
}
