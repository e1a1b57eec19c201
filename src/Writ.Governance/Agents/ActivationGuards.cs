using System.Collections.Immutable;
using Writ.Governance.Controls;
using Writ.Governance.People;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Registry;
using Writ.Governance.Reviews;

namespace Writ.Governance.Agents;

/// <summary>
/// What has to hold before a person lets an agent act, and stays so while it does in production. Asked for every control action of a
/// person, wherever it comes from; what an older binary let through stays as it is until somebody changes it.
/// </summary>
internal static class ActivationGuards
{
    /// <summary>The environment in which agents act on what is real. Other words are the organization's own, and guarded by its policies.</summary>
    public const string Production = "production";

    /// <summary>Why these actions are not taken; null when nothing stands against them.</summary>
    public static ControlOutcome? Refusal(OrganizationState state, PersonId person, IReadOnlyList<ControlAction> actions, DateTimeOffset now)
    {
        foreach (var action in actions)
        {
            var refusal = action switch
            {
                AgentRegistered { Agent: { Lifecycle: AgentLifecycle.Active } agent } =>
                    Unready(Unmet(state, agent, actions.Any(other => other is AgentKeyIssued issued && issued.Agent == agent.Id))),
                AgentLifecycleChanged { To: AgentLifecycle.Active } a when state.Agents.TryGetValue(a.Agent, out var agent) => Activation(state, agent, person, now),
                AgentGrantsChanged a when Acting(state, a.Agent) is { } agent && a.Grants.FirstOrDefault(grant => !IsScoped(grant) && !agent.Grants.Contains(grant)) is { } wide =>
                    Unready([Wide(wide)]),
                AgentBackupOwnerChanged { Backup: null } a when Acting(state, a.Agent) is not null => Unready(["backup_owner: an agent keeps one while it acts in production"]),
                AgentCeilingChanged a when Acting(state, a.Agent) is { } agent && !a.Ceiling.Keeps(agent.TaskCeiling) => Unready(["task_ceiling: a bound can be moved, not taken away, while the agent acts in production"]),
                _ => null,
            };
            if (refusal is not null)
                return refusal;
        }

        return null;
    }

    /// <summary>Everything that an agent lacks to act where it is meant to, in words for people; empty where it lacks nothing.</summary>
    public static ImmutableArray<string> Unmet(OrganizationState state, Agent agent, bool hasCredential)
    {
        var unmet = ImmutableArray.CreateBuilder<string>();
        if (!state.IsLive(agent.Owner))
            unmet.Add($"owner: {agent.Owner} is not here any more; transfer the agent to somebody who is");
        if (agent.Environment != Production)
            return unmet.ToImmutable();
        if (agent.BackupOwner is not { } backup)
            unmet.Add("backup_owner: nobody answers when the owner cannot");
        else if (backup == agent.Owner || !state.IsLive(backup))
            unmet.Add($"backup_owner: {backup} is not another person who is here");
        if (agent.Grants.IsDefaultOrEmpty)
            unmet.Add("grants: none");
        foreach (var grant in agent.Grants.Where(grant => !IsScoped(grant)))
            unmet.Add(Wide(grant));
        if (agent.TaskCeiling is null)
            unmet.Add("task_ceiling: nothing bounds what one task uses, in calls or in money");
        if (!hasCredential)
            unmet.Add("credential: none is in force");
        if (agent.Model == Agent.UnstatedModel)
            unmet.Add($"version: '{agent.Version}' does not state its model");
        return unmet.ToImmutable();
    }

    private static ControlOutcome? Activation(OrganizationState state, Agent agent, PersonId person, DateTimeOffset now) =>
        state.SoloEnded && agent.Suspension is { NeedsAnother: true, By: { } by } && SecondPerson.Closeness(state, by, person, now) is { } close
            ? new ControlOutcome.Invalid(close.Name == "proposer" ? $"{by} stopped it: another person lets it act again" : close.Text)
            : Unready([.. Unmet(state, agent, state.HasCredential(agent.Id, now)), .. ReviewSchedule.Expired(agent, now).Select(kind => $"reviews: {kind.ToString().ToLowerInvariant()} was due at {ReviewSchedule.DueAt(agent, kind):u}, and is still")]);

    /// <summary>The agent, where it acts in production.</summary>
    private static Agent? Acting(OrganizationState state, AgentId id) =>
        state.Agents.TryGetValue(id, out var agent) && agent is { Environment: Production, Lifecycle: AgentLifecycle.Active } ? agent : null;

    private static bool IsScoped(Grant grant) => grant.Tool != Grant.EveryTool;

    private static string Wide(Grant grant) => $"grants: {grant} is every tool there is and will be; name the tools";

    private static ControlOutcome.NotReady? Unready(ImmutableArray<string> unmet) => unmet.IsEmpty ? null : new ControlOutcome.NotReady(unmet);
}
