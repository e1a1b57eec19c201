using Writ.Governance.Controls;
using Writ.Governance.People;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Registry;

namespace Writ.Governance.Agents;

/// <summary>Who speaks for which side: the owners for the agent, a person for itself, anybody of a team for the team, security for the organization.</summary>
internal static class ConsentRights
{
    /// <summary>Why a person may not take these actions; null when nothing stands against them.</summary>
    public static ControlOutcome? Refusal(OrganizationState state, Person person, IReadOnlyList<ControlAction> actions, DateTimeOffset now)
    {
        foreach (var action in actions)
        {
            ControlOutcome? refusal = action switch
            {
                AgentVisibilityChanged a => Showing(state, person, a),
                AgentConsentOffered a => Owns(state, a.Agent, person) ? null : new ControlOutcome.NotAllowed("who may ask an agent to work is for its owners to offer"),
                AgentConsentAccepted a => Accepting(state, person, Find(state, a.Agent, a.Id), now),
                AgentConsentWithdrawn a => Owns(state, a.Agent, person) || person.Has(PersonCapability.Security) || Find(state, a.Agent, a.Id)?.Who.Includes(person) == true
                    || (Find(state, a.Agent, a.Id)?.Who.Agent is { } theirs && Owns(state, theirs, person))
                    ? null
                    : new ControlOutcome.NotAllowed("a consent is taken back by one of its sides or by security"),
                AgentCardDescribed a => Owns(state, a.Agent, person) || person.Has(PersonCapability.Platform) ? null : new ControlOutcome.NotAllowed("what an agent is good for is for its owners or platform to say"),
                AgentReviewed a => Owns(state, a.Agent, person) || person.Has(PersonCapability.Compliance) || person.Has(PersonCapability.Security)
                    ? null
                    : new ControlOutcome.NotAllowed("an agent is reviewed by its owners, by compliance or by security"),
                AgentReviewOverdue => new ControlOutcome.NotAllowed("that a review is overdue is for Writ to say"),
                AgentDrafted { Source: AgentSource.Clone } a => Cloning(state, person, a.Reference, now),
                _ => null,
            };
            if (refusal is not null)
                return refusal;
        }

        return null;
    }

    private static ControlOutcome.NotAllowed? Showing(OrganizationState state, Person person, AgentVisibilityChanged changed) =>
        person.Has(PersonCapability.Security) ? null
        : !Owns(state, changed.Agent, person) ? new ControlOutcome.NotAllowed("who finds an agent is for its owners or security to say")
        : changed.Visibility is AgentVisibility.Organization or AgentVisibility.Global && changed.Visibility > state.Agents[changed.Agent].Visibility
            ? new ControlOutcome.NotAllowed("beyond its team, security says who finds an agent")
            : null;

    private static ControlOutcome? Accepting(OrganizationState state, Person person, InvokeConsent? consent, DateTimeOffset now) => consent switch
    {
        null => null, // the fold says so
        _ when now >= consent.ExpiresAt => new ControlOutcome.Invalid("The consent has expired."),
        { Who.IsOrganization: true } when !person.Has(PersonCapability.Security) => new ControlOutcome.NotAllowed("for the organization, security accepts"),
        { Who.IsOrganization: true, By: { } by } when state.SoloEnded && SecondPerson.Obstacle(state, by, person.Id, now) is { } close => new ControlOutcome.Invalid(close.Text),
        { Who.Agent: { } asking } => Owns(state, asking, person) ? null : new ControlOutcome.NotAllowed("for an agent, its owners accept"),
        _ => consent.Who.Includes(person) ? null : new ControlOutcome.NotAllowed($"only {consent.Who} accepts this"),
    };

    private static ControlOutcome.NotAllowed? Cloning(OrganizationState state, Person person, string reference, DateTimeOffset now) =>
        AgentId.TryParse(reference, null, out var id) && state.Agents.TryGetValue(id, out var agent) && AgentRights.MayClone(person, agent, now)
            ? null
            : new ControlOutcome.NotAllowed("an agent is copied by its owners, and by whom they gave the right to clone");

    private static bool Owns(OrganizationState state, AgentId id, Person person) => state.Agents.TryGetValue(id, out var agent) && AgentRights.Owns(person, agent);

    private static InvokeConsent? Find(OrganizationState state, AgentId agent, Guid id) => state.Agents.GetValueOrDefault(agent)?.Consents.GetValueOrDefault(id);
}
