using Writ.Governance.Controls;
using Writ.Governance.Policies.Lifecycle.Canary;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Policies.Signing;
using Writ.Governance.Registry;

namespace Writ.Governance.Policies.Lifecycle;

/// <summary>What may be asked of candidates, in the state as it is.</summary>
public static class CandidatePlans
{
    /// <summary>The control actions that stage a bundle without problems: its content first, as when it is published.</summary>
    public static ControlPlan Stage(OrganizationState organization, BundleArchive archive, BundleSignature? signature = null)
    {
        var (name, digest) = (archive.Manifest.Name, archive.Digest.ToHex());
        return ObstacleToStaging(organization, name, digest) is { } obstacle
            ? ControlPlan.Refuse(obstacle)
            : ControlPlan.Take([.. BundlePublication.Parts(archive), new BundleStaged(name, archive.Manifest.Version, digest) { Signature = signature }]);
    }

    /// <summary>The control action that ends a candidate.</summary>
    /// <param name="organization">Where.</param>
    /// <param name="name">The bundle.</param>
    /// <param name="digest">The version that was looked at; null for whichever it is.</param>
    /// <param name="reason">Why, for the record.</param>
    public static ControlPlan Withdraw(OrganizationState organization, string name, string? digest, string reason) =>
        Find(organization, name, digest, out var obstacle) is { } candidate
            ? ControlPlan.Take(new BundleWithdrawn(name, candidate.Bundle.Digest, reason))
            : ControlPlan.Refuse(obstacle);

    /// <summary>The candidate of a name, provided that it is the version that was looked at; null, with the obstacle, when it is not.</summary>
    public static BundleCandidate? Find(OrganizationState organization, string name, string? digest, out string obstacle)
    {
        var candidate = organization.Candidates.GetValueOrDefault(name);
        obstacle = candidate is null ? "no version of that bundle is being tried"
            : digest is not null && digest != candidate.Bundle.Digest ? $"another version is being tried by now: {candidate.Bundle.Digest}"
            : "";
        return obstacle.Length == 0 ? candidate : null;
    }

    /// <summary>
    /// Why a candidate is not promoted as it is: the version it was staged over no longer holds, so that promoting it would undo what
    /// somebody published since. Null when it still does, or <paramref name="replaces"/> says that the newer one was looked at.
    /// </summary>
    public static string? Outdated(OrganizationState organization, BundleCandidate candidate, string? replaces)
    {
        var active = organization.Bundles.GetValueOrDefault(candidate.Bundle.Name)?.Digest;
        return active == (replaces ?? candidate.Base) ? null
            : active is null ? "there is no bundle of that name to replace"
            : $"another version holds by now than when this one was staged: look at {active} and say that it replaces that";
    }

    /// <summary>The control action that lets a candidate decide for a share.</summary>
    /// <param name="organization">Where.</param>
    /// <param name="name">The bundle.</param>
    /// <param name="digest">The version that was looked at.</param>
    /// <param name="terms">For whom, and until when.</param>
    /// <param name="ground">Why one person is enough.</param>
    public static ControlPlan StartCanary(OrganizationState organization, string name, string digest, CanaryTerms terms, PublicationGround ground) =>
        ObstacleToCanary(organization, name, digest, terms) is { } obstacle
            ? ControlPlan.Refuse(obstacle)
            : ControlPlan.Take(new BundleCanaryStarted(name, digest, terms) { Ground = ground });

    internal static string? ObstacleToCanary(OrganizationState organization, string name, string digest, CanaryTerms terms) =>
        Find(organization, name, digest, out var obstacle) is not { } candidate ? obstacle
        : terms.Problem is { } problem ? problem
        : candidate.Canary is not null ? "it is a canary already: withdraw it to change its terms"
        : organization.Canary is { } other ? $"a version of {other.Bundle.Name} is a canary: two at once could not be told apart"
        : organization.Bundles.IsEmpty ? "no policy holds that a canary could be compared with: publish it"
        : Outdated(organization, candidate, null);

    internal static string? ObstacleToStaging(OrganizationState organization, string name, string digest) =>
        organization.Bundles.GetValueOrDefault(name)?.Digest == digest ? "that version holds already"
        : organization.Candidates.TryGetValue(name, out var candidate)
            ? candidate.Bundle.Digest == digest ? "that version is being tried already" : $"version {candidate.Bundle.Digest} of that bundle is being tried: withdraw it first"
        : organization.Candidates.Count >= BundleCandidate.MostAtOnce ? $"{BundleCandidate.MostAtOnce} bundles are being tried: promote or withdraw one first"
        : null;
}
