using System.Collections.Immutable;
using Writ.Governance.People;
using Writ.Governance.Policies.Lifecycle.Canary;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary>A bundle that waits for a second person, or for owners of agents who have not acknowledged what it refuses. <c>State</c> is <c>open</c>, <c>expired</c>, or <c>outdated</c> where another version holds than <c>Base</c>.</summary>
internal sealed record ProposalView(
    string Name, string Version, string Digest, string? Base, PersonId By, DateTimeOffset At, DateTimeOffset ExpiresAt, string State, PublicationFinding Finding,
    bool NeedsSecondPerson, DenialForecast Denials, ImmutableArray<PersonId> Unacknowledged)
{
    /// <summary>For whom it would decide as a canary; absent where it would hold for everybody.</summary>
    public CanaryTerms? Canary { get; init; }

    public static ProposalView Of(OrganizationState organization, BundleProposal proposal, DateTimeOffset now) => new(
        proposal.Bundle.Name, proposal.Bundle.Version, proposal.Bundle.Digest, proposal.Base, proposal.By, proposal.At, proposal.ExpiresAt,
        now >= proposal.ExpiresAt ? "expired" : proposal.Base == organization.Bundles.GetValueOrDefault(proposal.Bundle.Name)?.Digest ? "open" : "outdated",
        proposal.Finding, organization.SoloEnded && !proposal.Finding.IsTightening, proposal.Forecast, [.. Acknowledgements.Missing(proposal.Forecast, proposal.Known)]) { Canary = proposal.Canary };
}
