using Writ.Governance.Policies;
using Writ.Governance.Policies.Lifecycle;

namespace Writ.Server.Api;

/// <summary>A version of a bundle that is tried. <c>Base</c> is the digest that held when it was staged, <c>Fault</c> why it would refuse everything.</summary>
internal sealed record CandidateView(string Name, string Version, BundleTier Tier, string Digest, BundleState State, DateTimeOffset Since, string? Base, string Snapshot, string? Fault)
{
    public static CandidateView Of(BundleCandidate candidate)
    {
        var (bundle, snapshot) = (candidate.Bundle, candidate.Policy.Snapshot);
        return new CandidateView(
            bundle.Name, bundle.Version, bundle.Archive.Manifest.Tier, bundle.Digest, candidate.State, candidate.Since, candidate.Base, snapshot.Digest.ToHex(), snapshot.Fault);
    }
}
