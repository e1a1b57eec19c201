using Writ.Governance.People;
using Writ.Governance.Registry;

namespace Writ.Governance.Agents;

/// <summary>
/// Who may find an agent, and who may ask it to work: two questions with two answers. Operating it, its lifecycle and what it holds, is for the
/// control bundle and the owner to say. A pure function of the registry and the time.
/// </summary>
public static class AgentRights
{
    /// <summary>
    /// Whether a person may know that the agent exists. Who operates the registry, who secures it and who audits it sees all of it; everybody else
    /// what its visibility says, what they own or are asked to own, and what was offered to them.
    /// </summary>
    public static bool MayDiscover(Person person, Agent agent, DateTimeOffset now) =>
        person.IsHere && (person.Has(PersonCapability.Platform) || person.Has(PersonCapability.Security) || person.Has(PersonCapability.Compliance)
        || person.Has(PersonCapability.Product) || person.TeamCapabilities.ContainsKey(agent.Team)
        || Owns(person, agent)
        || (agent.Offer is { } offer && offer.To == person.Id && offer.IsOpenAt(now))
        || agent.Visibility switch
        {
            AgentVisibility.Organization or AgentVisibility.Global => true,
            AgentVisibility.Team => person.Teams.Contains(agent.Team),
            _ => false,
        }
        // What is offered to a whole organization shows the agent once security has accepted it.
        || agent.Consents.Values.Any(consent => now < consent.ExpiresAt && consent.Who.Includes(person)
            && (consent.AcceptedBy is not null || consent.Who is not { Person: null, Team: null })));

    /// <summary>
    /// Whether a person may ask the agent to work: the owners, their team unless the agent is personal, and whom a consent of both sides
    /// includes. No capability stands for it.
    /// </summary>
    public static bool MayInvoke(Person person, Agent agent, DateTimeOffset now) =>
        person.IsHere && (Owns(person, agent)
        || (agent.Visibility != AgentVisibility.Personal && person.Teams.Contains(agent.Team))
        || agent.Consents.Values.Any(consent => consent.HoldsAt(now) && consent.Who.Includes(person)));

    /// <summary>The agent, where the person may know of it; what is not told is as what does not exist.</summary>
    public static Agent? FindFor(this OrganizationState state, Person person, AgentId id, DateTimeOffset now) =>
        state.Agents.TryGetValue(id, out var agent) && MayDiscover(person, agent, now) ? agent : null;

    internal static bool Owns(Person person, Agent agent) => agent.Owner == person.Id || agent.BackupOwner == person.Id;
}
