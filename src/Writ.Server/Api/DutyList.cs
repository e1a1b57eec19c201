using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.People;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary>What waits for a person because they answer for agents, or are asked to.</summary>
internal sealed record DutyList(ImmutableArray<DutyView> Duties)
{
    public static DutyList Of(OrganizationState state, PersonId person, DateTimeOffset now) => new(
        [.. state.Agents.Values.Where(agent => agent.Lifecycle != AgentLifecycle.Retired).OrderBy(agent => agent.Name, StringComparer.Ordinal).SelectMany(agent => Of(agent, person, now))]);

    private static IEnumerable<DutyView> Of(Agent agent, PersonId person, DateTimeOffset now)
    {
        if (agent.Owner == person && agent.Succession is { } came)
            yield return new DutyView(agent.Id, agent.Name, "took-over", came.From.ToString(), came.At, "Whoever owned it left: name a backup owner, transfer it or retire it.");
        else if (agent.Owner == person && agent.BackupOwner is null)
            yield return new DutyView(agent.Id, agent.Name, "no-backup-owner", null, null, "It stops when you leave: name a backup owner.");
        if (agent.Offer is { } offer && offer.To == person && offer.IsOpenAt(now))
            yield return new DutyView(agent.Id, agent.Name, "asked-to-own", offer.By?.ToString(), offer.At, "Accept it or decline.");
    }
}
