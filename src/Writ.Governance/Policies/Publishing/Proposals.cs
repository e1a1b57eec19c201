using Writ.Governance.Controls;
using Writ.Governance.People;
using Writ.Governance.Policies.Lifecycle;
using Writ.Governance.Policies.Lifecycle.Canary;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Policies.Publishing;

/// <summary>What may be proposed, confirmed and declined, and what the records of it make of an organization.</summary>
internal static class Proposals
{
    /// <summary>The most proposals of an organization that are open at once: each keeps its bundle in memory.</summary>
    public const int MaxOpen = 16;

    /// <summary>The control actions that propose a bundle: its content first, as when it is published.</summary>
    public static ControlPlan Propose(
        OrganizationState state, PublishRequest request, PublicationFinding finding, DenialForecast forecast, PersonId person, DateTimeOffset now, CanaryTerms? canary = null)
    {
        var archive = request.Archive;
        var name = archive.Manifest.Name;
        if (state.Proposals.TryGetValue(name, out var open) && open.By != person && IsOpen(state, open, now))
            return ControlPlan.Refuse($"{open.By} has proposed version {open.Bundle.Digest} of that bundle: confirm it, or decline it first");
        if (!state.Proposals.ContainsKey(name) && state.Proposals.Count >= MaxOpen)
            return ControlPlan.Refuse($"{MaxOpen} proposals are open: confirm or decline one first");
        return ControlPlan.Take(
        [
            .. BundlePublication.Parts(archive),
            new BundleProposed(name, archive.Manifest.Version, archive.Digest.ToHex(), finding.Looseness, finding.Words, state.Bundles.GetValueOrDefault(name)?.Digest)
            {
                Forecast = forecast.Denied == 0 ? null : forecast,
                Signature = request.Signature,
                Canary = canary,
            },
        ]);
    }

    /// <summary>What keeps a person from confirming a proposal; null when nothing does.</summary>
    public static ConfirmationObstacle? Obstacle(OrganizationState state, string name, string digest, PersonId person, string? @override, DateTimeOffset now)
    {
        if (!state.Proposals.TryGetValue(name, out var proposal))
            return new ConfirmationObstacle("unknown", "nothing is proposed for a bundle of that name");
        if (proposal.Bundle.Digest != digest)
            return new ConfirmationObstacle("other_digest", $"what is proposed is {proposal.Bundle.Digest}: look at that before you confirm it");
        if (now >= proposal.ExpiresAt)
            return new ConfirmationObstacle("expired", $"it could be confirmed until {proposal.ExpiresAt:u}: propose it again");
        if (proposal.Base != state.Bundles.GetValueOrDefault(name)?.Digest)
            return new ConfirmationObstacle("outdated", "another version holds than the one it was compared with: propose it again");
        if (NeedsSecond(state, proposal) && SecondPerson.Obstacle(state, proposal.By, person, now) is { } obstacle)
            return obstacle;
        if (@override is null && !Acknowledgements.AreComplete(proposal.Forecast, [.. proposal.Known, person]))
            return new ConfirmationObstacle("unacknowledged", $"it refuses what their agents do, and they have not acknowledged it: {string.Join(", ", Acknowledgements.Missing(proposal.Forecast, [.. proposal.Known, person]).Take(20))}");
        if (proposal.Bundle.SignedBy is { } key ? state.PublisherKeys.ById[key].Revoked : state.PublisherKeys.Required)
            return new ConfirmationObstacle("refused", "it is not signed, or its key was revoked since: propose it again, signed");
        if (proposal.Canary is { } terms && CandidatePlans.ObstacleToCanary(state, name, digest, terms) is { } untried)
            return new ConfirmationObstacle("refused", untried);
        return BundlePublication.ProblemsOfPublishing(state, proposal.Bundle.Archive) is { Count: > 0 } problems
            ? new ConfirmationObstacle("refused", $"it no longer fits the tools and people there are: {problems[0]}")
            : null;
    }

    /// <summary>Whether it loosens, or may, where there are two people.</summary>
    public static bool NeedsSecond(OrganizationState state, BundleProposal proposal) => state.SoloEnded && !proposal.Finding.IsTightening;

    /// <summary>What an acknowledgement of a person comes to.</summary>
    public static ControlPlan Acknowledge(OrganizationState state, string name, string digest, PersonId person, DateTimeOffset now) =>
        !state.Proposals.TryGetValue(name, out var proposal) || proposal.Bundle.Digest != digest || !IsOpen(state, proposal, now) ? ControlPlan.Refuse("that version of the bundle is not proposed")
        : !proposal.Forecast.Agents.Any(agent => agent.IsOwnedBy(person)) ? ControlPlan.Refuse("it refuses nothing that an agent of yours lately did")
        : proposal.Acknowledged.Contains(person) ? ControlPlan.Refuse("you acknowledged it before")
        : ControlPlan.Take(new BundleAcknowledged(name, digest));

    public static bool IsOpen(OrganizationState state, BundleProposal proposal, DateTimeOffset now) =>
        now < proposal.ExpiresAt && proposal.Base == state.Bundles.GetValueOrDefault(proposal.Bundle.Name)?.Digest;

    public static OrganizationState Propose(this OrganizationState state, PublishedBundle bundle, BundleProposed proposed, ControlRecord record) => state with
    {
        Proposals = state.Proposals.SetItem(bundle.Name, new BundleProposal
        {
            Bundle = bundle,
            Base = proposed.Base,
            By = record.By.Person ?? throw new InvalidDataException("a proposal is a person's"),
            At = Timestamp.FromMicroseconds(record.At),
            Finding = new PublicationFinding(proposed.Looseness, proposed.Words),
            Forecast = proposed.Forecast ?? DenialForecast.None,
            Canary = proposed.Canary,
        }),
    };

    public static OrganizationState Confirm(this OrganizationState state, BundleConfirmed confirmed, ControlRecord record)
    {
        var proposal = Find(state, confirmed.Name, confirmed.Digest);
        if (record.By.Person is not { } by || (by == proposal.By && NeedsSecond(state, proposal)))
            throw new InvalidDataException($"bundle {confirmed.Name} was confirmed by whoever proposed it");
        if (proposal.Base != state.Bundles.GetValueOrDefault(confirmed.Name)?.Digest)
            throw new InvalidDataException($"bundle {confirmed.Name} was confirmed over another version than it was compared with");
        var after = proposal.Canary is { } terms
            ? state.StartCanary(new BundleCanaryStarted(confirmed.Name, confirmed.Digest, terms), Timestamp.FromMicroseconds(record.At))
            : state.Publish(proposal.Bundle);
        return after with { Proposals = state.Proposals.Remove(confirmed.Name) };
    }

    public static OrganizationState Acknowledge(this OrganizationState state, BundleAcknowledged acknowledged, PersonId? by)
    {
        var proposal = Find(state, acknowledged.Name, acknowledged.Digest);
        return by is { } person && proposal.Forecast.Agents.Any(agent => agent.IsOwnedBy(person))
            ? state with { Proposals = state.Proposals.SetItem(acknowledged.Name, proposal with { Acknowledged = proposal.Acknowledged.Add(person) }) }
            : throw new InvalidDataException($"bundle {acknowledged.Name} was acknowledged by somebody whom it does not concern");
    }

    public static OrganizationState Decline(this OrganizationState state, BundleDeclined declined) =>
        state with { Proposals = state.Proposals.Remove(Find(state, declined.Name, declined.Digest).Bundle.Name) };

    private static BundleProposal Find(OrganizationState state, string name, string digest) =>
        state.Proposals.TryGetValue(name, out var proposal) && proposal.Bundle.Digest == digest
            ? proposal
            : throw new InvalidDataException($"version {digest} of bundle {name} is not proposed");
}
