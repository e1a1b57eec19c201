using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Registry;

namespace Writ.Governance.Agents;

/// <summary>
/// Keeps somebody answering for every agent: when an owner leaves, the backup owner takes over; where there is none, the agent stops.
/// Thread safe.
/// </summary>
public sealed class OwnershipService(ControlService controls)
{
    /// <summary>A person has left, or is about to. Agents nobody else answers for stop first, before anything waits for the disk.</summary>
    /// <param name="organization">Where.</param>
    /// <param name="left">Who. Need not be known any more.</param>
    /// <param name="by">Who says so; null for the installation itself, such as when a directory told it.</param>
    /// <param name="presence">How that person proved to be there.</param>
    /// <param name="cancellation">Ends the wait for the turn.</param>
    /// <returns>What came of the last step; <see cref="ControlOutcome.Done"/> with no record where the person answered for nothing.</returns>
    public async Task<ControlOutcome> OwnerLeftAsync(OrganizationId organization, PersonId left, PersonId? by, Presence presence, CancellationToken cancellation)
    {
        var stopped = await controls.TakeAsync(organization, by, presence, state => ControlPlan.Take([.. Orphans(state, left)]), cancellation);
        if (stopped is not (ControlOutcome.Done or ControlOutcome.InForceUnrecorded))
            return stopped;
        var handed = await controls.TakeAsync(organization, by, presence, state => ControlPlan.Take([.. Successions(state, left)]), cancellation);
        return (stopped, handed) switch
        {
            (ControlOutcome.Done first, ControlOutcome.Done second) => new ControlOutcome.Done([.. first.Records, .. second.Records]),
            (ControlOutcome.InForceUnrecorded, ControlOutcome.Done) => stopped,
            _ => handed,
        };
    }

    private static IEnumerable<ControlAction> Orphans(OrganizationState? state, PersonId left) =>
        from agent in Of(state, left)
        where agent.Owner == left && agent.Lifecycle == AgentLifecycle.Active && !HasSuccessor(state!, agent)
        select new AgentLifecycleChanged(agent.Id, AgentLifecycle.Suspended, $"{left} left, and nobody else answers for it", SuspensionCause.Orphaned);

    private static IEnumerable<ControlAction> Successions(OrganizationState? state, PersonId left)
    {
        foreach (var agent in Of(state, left))
        {
            if (agent.BackupOwner == left)
                yield return new AgentBackupOwnerChanged(agent.Id, $"{left} left");
            else if (agent.Owner == left && HasSuccessor(state!, agent))
                yield return new AgentOwnerPromoted(agent.Id, $"{left} left");
        }
    }

    private static IEnumerable<Agent> Of(OrganizationState? state, PersonId left) =>
        (state?.Agents.Values ?? []).Where(agent => agent.Lifecycle != AgentLifecycle.Retired && (agent.Owner == left || agent.BackupOwner == left)).OrderBy(agent => agent.Id.Value);

    private static bool HasSuccessor(OrganizationState state, Agent agent) => agent.BackupOwner is { } backup && backup != agent.Owner && state.IsLive(backup);
}
