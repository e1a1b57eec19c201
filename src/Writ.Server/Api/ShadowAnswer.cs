using System.Collections.Immutable;
using Writ.Governance.Policies.Lifecycle;
using Writ.Governance.Policies.Lifecycle.Shadow;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary>
/// How a candidate compares with what decides. The counts are of this life of the server, since <c>CountedSince</c>, and against the
/// snapshot <c>Against</c>; another one that holds begins them anew.
/// </summary>
internal sealed record ShadowAnswer(
    CandidateView Candidate, string Against, DateTimeOffset? CountedSince, long Compared, long Agreed, long Dropped, long Failed, long Elsewhere,
    ImmutableArray<DisagreementView> Disagreements)
{
    /// <summary>How it stands as a canary; null in shadow.</summary>
    public CanaryView? Canary { get; init; }

    public static ShadowAnswer Of(OrganizationState state, BundleCandidate candidate, CandidateTrials trials) => Of(state, candidate, trials.Read(state, candidate)) with
    {
        Canary = candidate.Canary is { } terms ? CanaryView.Of(terms, trials.ReadCanary(state, candidate), trials.IsSuspended(state, candidate)) : null,
    };

    private static ShadowAnswer Of(OrganizationState state, BundleCandidate candidate, ShadowCounts counts) => new(
        CandidateView.Of(candidate), state.Policy.Snapshot.Digest.ToHex(), counts.Since, counts.Compared, counts.Agreed, counts.Dropped, counts.Failed, counts.Elsewhere,
        [.. counts.Disagreements.Select(DisagreementView.Of)]);
}
