using Writ.Governance.Controls;
using Writ.Governance.Policies.Authoring;
using Writ.Governance.Policies.Levels;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Policies.Typing;
using Writ.Governance.Registry;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies;

/// <summary>What stands between a bundle and its being active.</summary>
public static class BundlePublication
{
    private const int PartBytes = 32 * 1024;

    /// <summary>Everything wrong with a bundle, in itself and beside the ones that are active; empty when it may be published.</summary>
    public static IReadOnlyList<PolicyProblem> Problems(OrganizationState organization, BundleArchive archive)
    {
        if (Problems(archive, [.. organization.ServersBySlug.Values]) is { Length: > 0 } own)
            return own;
        var published = new PublishedBundle(archive.Manifest.Name, archive.Manifest.Version, archive.Digest.ToHex(), archive);
        var beside = organization.Bundles.SetItem(published.Name, published).Values;
        return Snapshot.Compile(organization.Id, beside, organization.ServersBySlug.Values).Fault is { } fault
            ? [new PolicyProblem(archive.Manifest.Name, 0, 0, fault)]
            : [];
    }

    /// <summary>Everything that keeps a bundle from being published by the organization as it is: also approvers whom it does not have.</summary>
    public static IReadOnlyList<PolicyProblem> ProblemsOfPublishing(OrganizationState organization, BundleArchive archive) =>
        Problems(organization, archive) is { Count: > 0 } problems ? problems : [.. UnknownHolders.In(organization, archive), .. UnknownApprovers.In(organization, archive)];

    /// <summary>Everything wrong with a bundle in itself, whatever tools there are.</summary>
    public static IReadOnlyList<PolicyProblem> Problems(BundleArchive archive) => Problems(archive, []);

    private static PolicyProblem[] Problems(BundleArchive archive, IReadOnlyCollection<Server> servers)
    {
        if (ManifestWords.Problems(archive.Manifest).Select(text => new PolicyProblem(BundleFolder.ManifestName, 0, 0, text)).Concat(CompiledForms.Mismatches(archive)).ToArray() is { Length: > 0 } wrong)
            return wrong;
        var compilation = BundleCompilation.Of(archive);
        IEnumerable<PolicyProblem> problems = compilation.Problems.IsEmpty ? BundleTyping.Problems(compilation.Policies, compilation.Facts, servers) : compilation.Problems;
        return [.. problems.Select(p => archive.Files.FirstOrDefault(f => f.Path == p.File) is { } file ? CompiledForms.ToSource(p, file.Text) : p)];
    }

    /// <summary>Why what a bundle replaces is not what its publisher looked at, so that of two people who publish from the same version the
    /// second hears of the first; null when it is, or the publisher did not say.</summary>
    public static string? Stale(OrganizationState organization, BundleArchive archive, string? replaces)
    {
        var active = organization.Bundles.GetValueOrDefault(archive.Manifest.Name)?.Digest;
        return replaces is null || replaces == active ? null
            : active is null ? "there is no bundle of that name to replace"
            : $"another version holds by now: {active}";
    }

    /// <summary>The control actions that publish it, provided that what it replaces is what its publisher looked at.</summary>
    internal static ControlPlan Plan(OrganizationState organization, PublishRequest request, PublicationGround ground, DenialForecast forecast) =>
        Stale(organization, request.Archive, request.Replaces) is { } stale
            ? ControlPlan.Refuse(stale)
            : ControlPlan.Take(
            [
                .. Parts(request.Archive),
                new BundlePublished(request.Archive.Manifest.Name, request.Archive.Manifest.Version, request.Archive.Digest.ToHex())
                {
                    Ground = ground, Signature = request.Signature, Forecast = forecast.Denied == 0 ? null : forecast, Override = forecast.Denied == 0 ? null : request.Override,
                },
            ]);

    /// <summary>The control actions that publish it: its content first. Without a ground only the installation itself may take them.</summary>
    public static ControlPlan Plan(BundleArchive archive, PublicationGround? ground = null) => ControlPlan.Take(
    [
        .. Parts(archive),
        new BundlePublished(archive.Manifest.Name, archive.Manifest.Version, archive.Digest.ToHex()) { Ground = ground },
    ]);

    /// <summary>The content of a bundle, in pieces that fit a record.</summary>
    internal static IEnumerable<ControlAction> Parts(BundleArchive archive)
    {
        var digest = archive.Digest.ToHex();
        var pieces = archive.ToBytes().Chunk(PartBytes).ToArray();
        return pieces.Select((piece, index) => new BundlePart(digest, index, pieces.Length, Convert.ToBase64String(piece)));
    }
}
