using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Policies.Signing;
using Writ.Governance.Registry;

namespace Writ.Governance.Policies.Publishing;

/// <summary>
/// The one way in which a bundle becomes active by a person's act. What is proved not looser than what holds takes effect at once, and so
/// does everything where the organization has one person for it; the rest is a proposal that another person confirms. So is what would newly
/// refuse what others' agents lately did, until they acknowledged it. Thread safe.
/// </summary>
public sealed class BundlePublisher(ControlService controls, RegistryHolder registry, RecentDecisions recent, TimeProvider time)
{
    private const int MostTries = 3;

    /// <summary>Publishes a bundle, or proposes it.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="request">What.</param>
    /// <param name="cancellation">Ends the wait for the turn.</param>
    public async Task<PublishOutcome> PublishAsync(Caller.PersonCaller caller, PublishRequest request, CancellationToken cancellation)
    {
        var archive = request.Archive;
        var digest = archive.Digest.ToHex();
        for (var attempt = 1; ; attempt++)
        {
            var seen = registry.Current.Organizations[caller.Organization.Id];
            if (ControlPolicy.Refusal(seen, caller.Person.Id, caller.Presence.Scope, [new BundlePublished(archive.Manifest.Name, archive.Manifest.Version, digest)]) is { } cause)
                return new PublishOutcome.Refused(new ControlOutcome.NotAllowed(cause));
            if (BundlePublication.ProblemsOfPublishing(seen, archive) is { Count: > 0 } problems)
                return new PublishOutcome.Faulty(problems);
            if (seen.PublisherKeys.Obstacle(digest, request.Signature) is { } unsound)
                return new PublishOutcome.Faulty([new PolicyProblem(BundleSignature.FileName, 0, 0, $"the signature {unsound}")]);
            if (BundlePublication.Stale(seen, archive, request.Replaces) is { } stale)
                return new PublishOutcome.Refused(new ControlOutcome.Invalid(stale));

            // Found outside of the control service's turn, which a search for a proof would keep from others; it holds for these policies alone.
            var finding = PublicationCheck.Compare(seen, archive, time);
            var forecast = await recent.ForecastAsync(seen, archive, cancellation);
            if (forecast.IsJump && forecast.Denied > (request.AcceptDenials ?? 0))
                return new PublishOutcome.Jump(forecast);
            var known = request.Override is not null || Acknowledgements.AreComplete(forecast, [caller.Person.Id]);
            PublicationGround? ground = null;
            var moved = false;
            var outcome = await TakeAsync(caller, now =>
            {
                moved = !ReferenceEquals(now.Policy, seen.Policy);
                if (moved)
                    return ControlPlan.Refuse("what holds changed again and again while the bundle was compared with it: publish it again");
                ground = !known ? null : finding.IsTightening ? PublicationGround.NotLooser : now.IsSolo() ? PublicationGround.Solo : null;
                return ground is { } enough
                    ? BundlePublication.Plan(now, request, enough, forecast)
                    : Proposals.Propose(now, request, finding, forecast, caller.Person.Id, time.GetUtcNow());
            }, cancellation);
            if (moved && attempt < MostTries)
                continue;
            if (outcome is not ControlOutcome.Done)
                return new PublishOutcome.Refused(outcome);
            if (ground is null)
            {
                return registry.Current.Organizations[caller.Organization.Id].Proposals.GetValueOrDefault(archive.Manifest.Name) is { } proposal
                    ? new PublishOutcome.Proposed(proposal)
                    : new PublishOutcome.Refused(new ControlOutcome.Invalid("it was proposed, and confirmed or declined at once"));
            }

            return new PublishOutcome.Active(new PublishedBundle(archive.Manifest.Name, archive.Manifest.Version, digest, archive) { SignedBy = request.Signature?.Key }, ground, finding, forecast);
        }
    }

    /// <summary>Confirms a proposal, as a second person: from the next decision on it decides.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="name">The bundle.</param>
    /// <param name="digest">The version that was looked at.</param>
    /// <param name="override">Why owners who have not acknowledged what it refuses are not waited for; recorded. Null: they are.</param>
    /// <param name="cancellation">Ends the wait for the turn.</param>
    public async Task<PublishOutcome> ConfirmAsync(Caller.PersonCaller caller, string name, string digest, string? @override, CancellationToken cancellation)
    {
        ConfirmationObstacle? obstacle = null;
        BundleProposal? proposal = null;
        var outcome = await TakeAsync(caller, now =>
        {
            obstacle = Proposals.Obstacle(now, name, digest, caller.Person.Id, @override, time.GetUtcNow());
            proposal = now.Proposals.GetValueOrDefault(name);
            return obstacle is null ? ControlPlan.Take(new BundleConfirmed(name, digest, @override)) : ControlPlan.Refuse(obstacle.Text);
        }, cancellation);
        return outcome is ControlOutcome.Done ? new PublishOutcome.Active(proposal!.Bundle, null, proposal.Finding, proposal.Forecast) { Canary = proposal.Canary }
            : outcome is ControlOutcome.Invalid && obstacle is not null ? new PublishOutcome.Unconfirmed(obstacle)
            : new PublishOutcome.Refused(outcome);
    }

    /// <summary>Records that whoever answers for an agent has seen what a proposal would newly refuse to it.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="name">The bundle.</param>
    /// <param name="digest">The version that was looked at.</param>
    /// <param name="cancellation">Ends the wait for the turn.</param>
    public async Task<PublishOutcome> AcknowledgeAsync(Caller.PersonCaller caller, string name, string digest, CancellationToken cancellation)
    {
        var outcome = await TakeAsync(caller, now => Proposals.Acknowledge(now, name, digest, caller.Person.Id, time.GetUtcNow()), cancellation);
        return outcome is ControlOutcome.Done ? PublishOutcome.Acknowledged.Instance : new PublishOutcome.Refused(outcome);
    }

    /// <summary>Takes a proposal back, or declines that of another.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="name">The bundle.</param>
    /// <param name="digest">The version that was proposed.</param>
    /// <param name="reason">Why, for the record.</param>
    /// <param name="cancellation">Ends the wait for the turn.</param>
    public async Task<PublishOutcome> DeclineAsync(Caller.PersonCaller caller, string name, string digest, string reason, CancellationToken cancellation)
    {
        var outcome = await TakeAsync(
            caller,
            now => now.Proposals.GetValueOrDefault(name)?.Bundle.Digest == digest
                ? ControlPlan.Take(new BundleDeclined(name, digest, reason))
                : ControlPlan.Refuse("that version of the bundle is not proposed"),
            cancellation);
        return outcome is ControlOutcome.Done ? PublishOutcome.Declined.Instance : new PublishOutcome.Refused(outcome);
    }

    private Task<ControlOutcome> TakeAsync(Caller.PersonCaller caller, Func<OrganizationState, ControlPlan> plan, CancellationToken cancellation) =>
        controls.TakeAsync(caller.Organization.Id, caller.Person.Id, caller.Presence, state => plan(state!), cancellation);
}
