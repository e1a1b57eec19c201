namespace Writ.Cli.Api;

/// <summary>How a candidate compares with what decides.</summary>
internal sealed record ShadowView(
    CandidateView Candidate, string Against, long Compared, long Agreed, long Dropped, long Failed, long Elsewhere, IReadOnlyList<DisagreementView> Disagreements,
    DateTimeOffset? CountedSince = null, CanaryView? Canary = null);
