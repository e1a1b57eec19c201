using System.Collections.Immutable;
using Writ.Governance.Controls;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Policies.Signing;
using Writ.Governance.Registry;

namespace Writ.Governance.Policies.Lifecycle;

/// <summary>What control actions about candidates make of an organization.</summary>
internal static class CandidateChanges
{
    public static OrganizationState Stage(this OrganizationState state, PublishedBundle bundle, BundleSignature? signature, DateTimeOffset at)
    {
        if (CandidatePlans.ObstacleToStaging(state, bundle.Name, bundle.Digest) is { } obstacle)
            throw new InvalidDataException($"bundle {bundle.Name} {bundle.Digest} cannot be staged: {obstacle}");
        var candidate = new BundleCandidate(bundle, state.Bundles.GetValueOrDefault(bundle.Name)?.Digest, at, PolicyWith(state, bundle)) { Signature = signature };
        return state with { Candidates = state.Candidates.Add(bundle.Name, candidate) };
    }

    public static OrganizationState StartCanary(this OrganizationState state, BundleCanaryStarted started, DateTimeOffset at) =>
        CandidatePlans.ObstacleToCanary(state, started.Name, started.Digest, started.Terms) is { } obstacle
            ? throw new InvalidDataException($"bundle {started.Name} {started.Digest} cannot be a canary: {obstacle}")
            : started.Ground == PublicationGround.Solo && state.SoloEnded
            ? throw new InvalidDataException($"bundle {started.Name} {started.Digest} was made a canary by one person alone after there were two")
            : state.With(state.Candidates.SetItem(started.Name, state.Candidates[started.Name] with { Canary = started.Terms, Since = at }));

    public static OrganizationState Withdraw(this OrganizationState state, BundleWithdrawn withdrawn) =>
        state.Candidates.GetValueOrDefault(withdrawn.Name)?.Bundle.Digest == withdrawn.Digest
            ? state.With(state.Candidates.Remove(withdrawn.Name))
            : throw new InvalidDataException($"version {withdrawn.Digest} of bundle {withdrawn.Name} is not being tried");

    /// <summary>
    /// The candidates after a version of a bundle became the one that holds. It is none any more; a canary of the same bundle, that was
    /// tried against another, is back in shadow; the others stand beside it.
    /// </summary>
    public static OrganizationState CandidatesBeside(this OrganizationState state, PublishedBundle active)
    {
        if (state.Candidates.GetValueOrDefault(active.Name) is { } candidate)
        {
            state = state.With(candidate.Bundle.Digest == active.Digest
                ? state.Candidates.Remove(active.Name)
                : state.Candidates.SetItem(active.Name, candidate with { Canary = null }));
        }

        return state.WithCandidatePolicies();
    }

    /// <summary>The candidates over the bundles and tools as they are now.</summary>
    public static OrganizationState WithCandidatePolicies(this OrganizationState state) =>
        state.Candidates.IsEmpty ? state : state.With(state.Candidates.SetItems(
            state.Candidates.Select(named => KeyValuePair.Create(named.Key, named.Value with { Policy = PolicyWith(state, named.Value.Bundle) }))));

    private static OrganizationState With(this OrganizationState state, ImmutableSortedDictionary<string, BundleCandidate> candidates) =>
        state with { Candidates = candidates, Canary = candidates.Values.FirstOrDefault(candidate => candidate.Canary is not null) };

    private static ActivePolicy PolicyWith(OrganizationState state, PublishedBundle bundle) =>
        new(state.Id, state.Bundles.SetItem(bundle.Name, bundle), state.ServersBySlug);
}
