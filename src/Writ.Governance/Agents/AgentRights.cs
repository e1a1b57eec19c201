using Writ.Governance.People;
using Writ.Governance.Registry;

namespace Writ.Governance.Agents;

/// <summary>
/// Who may find an agent, who may ask it to work, and who may copy it: three questions with three answers. Operating it, its lifecycle and what it holds, is for the
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
            && (consent.AcceptedBy is not null || !consent.Who.IsOrganization)));

    /// <summary>
    /// Whether a person may ask the agent for work of a skill: the owners, their team unless the agent is personal, and whom a consent of both sides
    /// includes. No capability stands for it.
    /// </summary>
    /// <param name="person">Who.</param>
    /// <param name="agent">Of whom.</param>
    /// <param name="now">When.</param>
    /// <param name="skill">The skill; null for work of no stated one, which no consent for skills includes.</param>
    public static bool MayInvoke(Person person, Agent agent, DateTimeOffset now, string? skill = null) =>
        person.IsHere && (IsOfIts(person, agent) || agent.Consents.Values.Any(consent => IsToAsk(consent, agent, skill, now) && consent.Who.Includes(person)));

    /// <summary>Whether a person may ask the agent for anything at all.</summary>
    public static bool MayInvokeSome(Person person, Agent agent, DateTimeOffset now) =>
        person.IsHere && (IsOfIts(person, agent) || agent.Consents.Values.Any(consent => IsToAskSome(consent, agent, now) && consent.Who.Includes(person)));

    /// <summary>Whether another agent may ask the agent for work of a skill: only where a consent names it.</summary>
    public static bool MayInvoke(AgentId asking, Agent agent, DateTimeOffset now, string? skill) =>
        agent.Consents.Values.Any(consent => IsToAsk(consent, agent, skill, now) && consent.Who.Agent == asking);

    /// <summary>Whether another agent may ask the agent for anything at all.</summary>
    public static bool MayInvokeSome(AgentId asking, Agent agent, DateTimeOffset now) =>
        agent.Consents.Values.Any(consent => IsToAskSome(consent, agent, now) && consent.Who.Agent == asking);

    /// <summary>Whether a person may copy the agent: the owners, and whom a consent for that includes. Neither asking nor operating it is enough.</summary>
    public static bool MayClone(Person person, Agent agent, DateTimeOffset now) =>
        person.IsHere && (Owns(person, agent) || agent.Consents.Values.Any(consent => consent.Allows(AgentRight.Clone, null, now) && consent.Who.Includes(person)));

    /// <summary>Whether a person may know that the agent exists; beside <see cref="MayDiscover"/>, whoever owns an agent that something was offered to.</summary>
    public static bool MayFind(this OrganizationState state, Person person, Agent agent, DateTimeOffset now) =>
        MayDiscover(person, agent, now)
        || (person.IsHere && agent.Consents.Values.Any(consent => now < consent.ExpiresAt && consent.Who.Agent is { } asking && state.Agents.TryGetValue(asking, out var theirs) && Owns(person, theirs)));

    /// <summary>The agent, where the person may know of it; what is not told is as what does not exist.</summary>
    public static Agent? FindFor(this OrganizationState state, Person person, AgentId id, DateTimeOffset now) =>
        state.Agents.TryGetValue(id, out var agent) && state.MayFind(person, agent, now) ? agent : null;

    internal static bool Owns(Person person, Agent agent) => agent.Owner == person.Id || agent.BackupOwner == person.Id;

    private static bool IsToAsk(InvokeConsent consent, Agent agent, string? skill, DateTimeOffset now) =>
        consent.Allows(AgentRight.Invoke, skill, now) && (consent.Skills.IsEmpty || IsBounded(agent, skill!));

    private static bool IsToAskSome(InvokeConsent consent, Agent agent, DateTimeOffset now) =>
        consent.Right == AgentRight.Invoke && consent.HoldsAt(now) && (consent.Skills.IsEmpty || consent.Skills.Any(skill => IsBounded(agent, skill)));

    // The card changes without those who agreed: what names its tools no more must not become all of the agent.
    private static bool IsBounded(Agent agent, string skill) => agent.Card?.Skill(skill) is { Tools.IsEmpty: false };

    private static bool IsOfIts(Person person, Agent agent) =>
        Owns(person, agent) || (agent.Visibility != AgentVisibility.Personal && person.Teams.Contains(agent.Team));
}
