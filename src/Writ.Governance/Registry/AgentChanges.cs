using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Reviews;

namespace Writ.Governance.Registry;

/// <summary>What control actions about an agent's standing, and about who answers for it, make of an organization.</summary>
internal static class AgentChanges
{
    /// <summary>Moves an agent through its lifecycle. Who retires takes its keys and grants along; its name stays taken.</summary>
    public static OrganizationState Move(this OrganizationState state, AgentLifecycleChanged changed, ControlRecord record)
    {
        var moved = state.Change(changed.Agent, agent => agent.Move(changed, record));
        return changed.To != AgentLifecycle.Retired ? moved : moved with
        {
            AgentKeys = moved.AgentKeys.SetItems(moved.AgentKeys.Where(key => key.Value.Agent == changed.Agent && !key.Value.Revoked).Select(key => KeyValuePair.Create(key.Key, key.Value with { Revoked = true }))),
            AgentCredentials = moved.AgentCredentials.RevokedOf(changed.Agent),
        };
    }

    public static OrganizationState Propose(this OrganizationState state, AgentTransferProposed proposed, ControlRecord record) =>
        state.IsLive(proposed.To)
            ? state.Change(proposed.Agent, agent => agent.Lives() with { Offer = new OwnershipOffer(proposed.To, record.By.Person, Timestamp.FromMicroseconds(record.At), proposed.Reason) })
            : throw new InvalidDataException($"{proposed.To} is not here");

    /// <summary>Who is asked answers from here on. A backup owner who takes over leaves the place to who answered before.</summary>
    public static OrganizationState Accept(this OrganizationState state, AgentTransferAccepted accepted, ControlRecord record) => state.Change(accepted.Agent, agent =>
        agent.Offer is { } offer && offer.To == record.By.Person
            ? agent.Lives() with { Owner = offer.To, BackupOwner = agent.BackupOwner == offer.To ? (state.IsLive(agent.Owner) ? agent.Owner : null) : agent.BackupOwner, Offer = null, Succession = null }
            : throw new InvalidDataException($"agent {agent.Id} was not offered to who accepted it"));

    public static OrganizationState End(this OrganizationState state, AgentTransferEnded ended) => state.Change(ended.Agent, agent =>
        agent.Offer is not null ? agent with { Offer = null } : throw new InvalidDataException($"agent {agent.Id} was offered to nobody"));

    public static OrganizationState Change(this OrganizationState state, AgentBackupOwnerChanged changed) =>
        changed.Backup is { } backup && !state.IsLive(backup)
            ? throw new InvalidDataException($"{backup} is not here")
            : state.Change(changed.Agent, agent => changed.Backup == agent.Owner
                ? throw new InvalidDataException($"{agent.Owner} owns agent {agent.Id}: the backup owner is somebody else")
                : agent.Lives() with { BackupOwner = changed.Backup, Succession = changed.Backup is null ? agent.Succession : null });

    public static OrganizationState Promote(this OrganizationState state, AgentOwnerPromoted promoted) => state.Change(promoted.Agent, agent =>
        agent.BackupOwner is { } backup
            ? agent.Lives() with { Owner = backup, BackupOwner = null, Offer = null }
            : throw new InvalidDataException($"agent {agent.Id} has no backup owner"));

    public static OrganizationState Change(this OrganizationState state, AgentCeilingChanged changed) =>
        changed.Ceiling.Problem is { } problem
            ? throw new InvalidDataException(problem)
            : state.Change(changed.Agent, agent => agent.Lives() with { TaskCeiling = changed.Ceiling });

    /// <summary>The agent, unless it is retired.</summary>
    public static Agent Lives(this Agent agent) =>
        agent.Lifecycle != AgentLifecycle.Retired ? agent : throw new InvalidDataException($"agent {agent.Id} is retired, for good");

    private static Agent Move(this Agent agent, AgentLifecycleChanged changed, ControlRecord record) => changed.To switch
    {
        AgentLifecycle.Suspended => agent.Lives() with { Lifecycle = AgentLifecycle.Suspended, Suspension = Graver(agent.Suspension, changed, record) },
        AgentLifecycle.Retired => agent.Lives() with { Lifecycle = AgentLifecycle.Retired, Grants = [], Granted = ImmutableDictionary<Grant, GrantOrigin>.Empty, FirstLeavesAt = null, Suspension = null, Offer = null },
        _ => (agent.Lives() with { Lifecycle = changed.To, Suspension = null }).ActiveFrom(Timestamp.FromMicroseconds(record.At)),
    };

    /// <summary>Stopping again what another person has to let go on does not make one's own person enough.</summary>
    private static Suspension Graver(Suspension? standing, AgentLifecycleChanged changed, ControlRecord record) =>
        standing is { NeedsAnother: true } ? standing
        : new Suspension(changed.Cause ?? SuspensionCause.Manual, record.By.Person, Timestamp.FromMicroseconds(record.At), changed.Reason);
}
