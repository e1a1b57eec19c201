using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Policies.Signing;
using Writ.Governance.Registry;

namespace Writ.Governance.Policies.Lifecycle.Canary;

/// <summary>
/// The one way in which a candidate becomes a canary by a person's act. It decides for a share, so the same is asked of it as of a publish:
/// what is not proved not looser waits for a second person. Thread safe.
/// </summary>
public sealed class CanaryPublication(ControlService controls, RegistryHolder registry, TimeProvider time)
{
    private const int MostTries = 3;

    /// <summary>Lets a candidate decide for its share, or proposes it.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="name">The bundle.</param>
    /// <param name="digest">The version that was looked at.</param>
    /// <param name="terms">For whom, and until when.</param>
    /// <param name="cancellation">Ends the wait for the turn.</param>
    public async Task<PublishOutcome> StartAsync(Caller.PersonCaller caller, string name, string digest, CanaryTerms terms, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var seen = registry.Current.Organizations[caller.Organization.Id];
            if (ControlPolicy.Refusal(seen, caller.Person.Id, caller.Presence.Scope, [new BundleCanaryStarted(name, digest, terms)]) is { } cause)
                return new PublishOutcome.Refused(new ControlOutcome.NotAllowed(cause));
            if (CandidatePlans.ObstacleToCanary(seen, name, digest, terms) is { } obstacle)
                return new PublishOutcome.Refused(new ControlOutcome.Invalid(obstacle));
            var (bundle, signature) = (seen.Candidates[name].Bundle, seen.Candidates[name].Signature);
            if (BundlePublication.ProblemsOfPublishing(seen, bundle.Archive) is { Count: > 0 } problems)
                return new PublishOutcome.Faulty(problems);
            if (seen.PublisherKeys.Obstacle(digest, signature) is { } unsound)
                return new PublishOutcome.Faulty([new PolicyProblem(BundleSignature.FileName, 0, 0, $"the signature {unsound}")]);

            var finding = PublicationCheck.Compare(seen, bundle.Archive, time);
            PublicationGround? ground = null;
            var moved = false;
            var outcome = await controls.TakeAsync(
                caller.Organization.Id, caller.Person.Id, caller.Presence,
                now =>
                {
                    moved = !ReferenceEquals(now!.Policy, seen.Policy);
                    if (moved)
                        return ControlPlan.Refuse("what holds changed again and again while the bundle was compared with it: ask again");
                    ground = finding.IsTightening ? PublicationGround.NotLooser : now.IsSolo() ? PublicationGround.Solo : null;
                    return ground is { } enough
                        ? CandidatePlans.StartCanary(now, name, digest, terms, enough)
                        : Proposals.Propose(now, new PublishRequest(bundle.Archive) { Signature = signature }, finding, DenialForecast.None, caller.Person.Id, time.GetUtcNow(), terms);
                },
                cancellation);
            if (moved && attempt < MostTries)
                continue;
            if (outcome is not ControlOutcome.Done)
                return new PublishOutcome.Refused(outcome);
            return ground is null && registry.Current.Organizations[caller.Organization.Id].Proposals.GetValueOrDefault(name) is { } proposal
                ? new PublishOutcome.Proposed(proposal)
                : new PublishOutcome.Active(bundle, ground, finding, DenialForecast.None) { Canary = terms };
        }
    }
}
