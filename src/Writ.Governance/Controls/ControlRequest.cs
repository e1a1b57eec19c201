using Writ.Governance.Agents;
using Writ.Governance.Directories;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Registry;

namespace Writ.Governance.Controls;

/// <summary>What somebody asks to change, before it meets a state.</summary>
internal sealed record ControlRequest(
    OrganizationId Organization, PersonId? Person, PersonPresence Presence, Func<OrganizationState?, ControlPlan> PlanFor)
{
    /// <summary>What the request comes down to in one state of the registry, and whether the person may.</summary>
    public PlannedControl Plan(Registry.Registry seen, DateTimeOffset now)
    {
        var state = seen.Organizations.GetValueOrDefault(Organization);
        var plan = PlanFor(state);
        ControlOutcome? refusal =
            plan.Attempted is { } attempted && Person is { } trying && ControlPolicy.Refusal(state, trying, Presence.Scope, [attempted]) is { } forbidden ? new ControlOutcome.NotAllowed(forbidden)
            : plan.Obstacle is { } obstacle ? new ControlOutcome.Invalid(obstacle)
            : Person is not null && plan.Actions.Any(action => action is BundlePublished { Ground: null } or BundleCanaryStarted { Ground: null })
                ? new ControlOutcome.NotAllowed("one person publishes alone only what was compared with the policies that hold")
            : Presence.Kind == People.Presence.Directory && DirectoryRights.Refusal(state, Presence.Directory, plan.Actions) is { } beyond ? new ControlOutcome.NotAllowed(beyond)
            : Person is { } person && ControlPolicy.Refusal(state, person, Presence.Scope, plan.Actions) is { } cause ? new ControlOutcome.NotAllowed(cause)
            : Person is { } guarded && state is not null
                ? OwnershipRights.Refusal(state, Narrowed(state, guarded), plan.Actions, now) ?? ConsentRights.Refusal(state, Narrowed(state, guarded), plan.Actions, now) ?? ActivationGuards.Refusal(state, guarded, plan.Actions, now)
                    ?? (PresenceRule.IsUnmet(state, guarded, Presence, plan.Actions) ? ControlOutcome.PresenceNeeded.Instance : null)
            : null;
        var by = new Authority(Person, Presence.Kind, Solo: Person is not null && state is not null && state.IsSolo()) { Proof = Presence.Proof, Directory = Presence.Directory };
        return new PlannedControl(seen, Organization, by, plan.Actions, refusal);
    }

    /// <summary>Why one of the actions that were planned may not be taken any more, by the capabilities that are left; null where it may.</summary>
    public ControlOutcome? Forbidden(Registry.Registry now, ControlAction action)
    {
        var state = now.Organizations.GetValueOrDefault(Organization);
        return Presence.Kind == People.Presence.Directory && (state is null || Presence.Directory is not { } key || !state.DirectoryClients.ContainsKey(key)) ? new ControlOutcome.NotAllowed("the directory's token was revoked meanwhile")
            : Person is { } person && ControlPolicy.Refusal(state, person, Presence.Scope, [action]) is { } cause ? new ControlOutcome.NotAllowed(cause)
            : null;
    }

    /// <summary>The person, as far as what it came with goes.</summary>
    private Person Narrowed(OrganizationState state, PersonId person) => Presence.Scope?.Narrow(state.People[person]) ?? state.People[person];
}
