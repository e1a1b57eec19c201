using Writ.Governance.Controls;
using Writ.Governance.Policies.Authoring;
using Writ.Governance.Policies.Levels;
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
        if (CompiledForms.Mismatches(archive).ToArray() is { Length: > 0 } mismatches)
            return mismatches;
        var compilation = BundleCompilation.Of(archive);
        IEnumerable<PolicyProblem> problems = compilation.Problems.IsEmpty ? BundleTyping.Problems(compilation.Policies, compilation.Facts, servers) : compilation.Problems;
        return [.. problems.Select(p => archive.Files.FirstOrDefault(f => f.Path == p.File) is { } file ? CompiledForms.ToSource(p, file.Text) : p)];
    }

    /// <summary>
    /// The same, provided that what it replaces is what its publisher looked at: of two people who publish from the same version,
    /// the second hears of the first.
    /// </summary>
    public static ControlPlan Plan(OrganizationState organization, BundleArchive archive, string? replaces)
    {
        var active = organization.Bundles.GetValueOrDefault(archive.Manifest.Name)?.Digest;
        return replaces is null || replaces == active
            ? Plan(archive)
            : ControlPlan.Refuse(active is null ? "there is no bundle of that name to replace" : $"another version holds by now: {active}");
    }

    /// <summary>The control actions that publish it: its content first, in pieces that fit a record.</summary>
    public static ControlPlan Plan(BundleArchive archive)
    {
        var bytes = archive.ToBytes();
        var digest = archive.Digest.ToHex();
        var pieces = bytes.Chunk(PartBytes).ToArray();
        return ControlPlan.Take(
        [
            .. pieces.Select((piece, index) => new BundlePart(digest, index, pieces.Length, Convert.ToBase64String(piece))),
            new BundlePublished(archive.Manifest.Name, archive.Manifest.Version, digest),
        ]);
    }
}
