using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Records;

namespace Writ.Governance.Registry;

/// <summary>What control actions about who may find an agent and ask it to work make of an organization.</summary>
internal static class ConsentChanges
{
    public static OrganizationState Change(this OrganizationState state, AgentVisibilityChanged changed) =>
        state.Change(changed.Agent, agent => agent.Lives() with { Visibility = changed.Visibility });

    public static OrganizationState Offer(this OrganizationState state, AgentConsentOffered offered, ControlRecord record)
    {
        var at = Timestamp.FromMicroseconds(record.At);
        if (offered.Who.Person is { } person && state.People.ContainsKey(person))
            state.Here(person);
        if (offered.ExpiresAt <= at || offered.ExpiresAt - at > InvokeConsent.Longest)
            throw new InvalidDataException($"a consent holds for at most {InvokeConsent.Longest.Days} days");
        if (offered.Who.Agent is { } asking && (asking == offered.Agent || !state.Agents.ContainsKey(asking) || offered.Right == AgentRight.Clone))
            throw new InvalidDataException("an agent is let ask another agent to work, and does not copy any");
        var skills = offered.Skills ?? [];
        if (skills.Length > InvokeConsent.MaxSkills || (skills.Length > 0 && offered.Right == AgentRight.Clone))
            throw new InvalidDataException($"a consent to ask for work is for at most {InvokeConsent.MaxSkills} skills, one to clone for none");
        return state.Change(offered.Agent, agent =>
        {
            if (skills.FirstOrDefault(skill => agent.Card?.Skill(skill) is not { Tools.IsEmpty: false }) is { } unknown)
                throw new InvalidDataException($"the card of agent {agent.Id} has no skill '{AgentLabel.Inert(unknown)}' that names its tools");
            // What has expired makes room: it would never hold again.
            var standing = agent.Lives().Consents.RemoveRange(agent.Consents.Where(c => c.Value.ExpiresAt <= at).Select(c => c.Key));
            return standing.Count >= InvokeConsent.MostOfAnAgent ? throw new InvalidDataException($"an agent has at most {InvokeConsent.MostOfAnAgent} consents")
                : standing.ContainsKey(offered.Id) ? throw new InvalidDataException($"consent {offered.Id} was offered before")
                : agent with { Consents = standing.Add(offered.Id, new InvokeConsent(offered.Id, offered.Who, record.By.Person, at, offered.ExpiresAt) { Right = offered.Right ?? AgentRight.Invoke, Skills = skills }) };
        });
    }

    public static OrganizationState Accept(this OrganizationState state, AgentConsentAccepted accepted, ControlRecord record) => state.Change(accepted.Agent, agent =>
        agent.Consents.TryGetValue(accepted.Id, out var consent) && consent.AcceptedBy is null && record.By.Person is { } person
            ? agent.Lives() with { Consents = agent.Consents.SetItem(consent.Id, consent with { AcceptedBy = person }) }
            : throw new InvalidDataException($"agent {accepted.Agent} has no consent {accepted.Id} that waits for a person"));

    public static OrganizationState Describe(this OrganizationState state, AgentCardDescribed described) =>
        described.Card.Problem is { } problem
            ? throw new InvalidDataException(problem)
            : state.Change(described.Agent, agent => agent.Lives() with { Card = described.Card });

    public static OrganizationState Withdraw(this OrganizationState state, AgentConsentWithdrawn withdrawn) => state.Change(withdrawn.Agent, agent =>
        agent.Consents.ContainsKey(withdrawn.Id)
            ? agent with { Consents = agent.Consents.Remove(withdrawn.Id) }
            : throw new InvalidDataException($"agent {withdrawn.Agent} has no consent {withdrawn.Id}"));
}
