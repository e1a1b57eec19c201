using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Registry;

namespace Writ.Governance.Enrolments;

/// <summary>What comes of an agent that introduces itself. A pure function of the state and the time.</summary>
public static class Enrolling
{
    /// <summary>What stands against it where the token is not good any more: it looks as if it never was.</summary>
    public const string NotAccepted = "the enrolment is not accepted";

    /// <summary>The draft, or why there is none.</summary>
    /// <param name="state">The organization of the token.</param>
    /// <param name="enrolment">The public part of the token.</param>
    /// <param name="drafted">What the agent says.</param>
    /// <param name="now">When.</param>
    public static ControlPlan Plan(OrganizationState state, string enrolment, AgentDrafted drafted, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(drafted);
        if (!state.Enrolments.TryGetValue(enrolment, out var offered) || offered.ExpiresAt <= now || !state.IsLive(offered.Owner)
            || ControlPolicy.Refusal(state, offered.By, null, [new AgentRegistered(drafted.Agent)]) is not null)
            return ControlPlan.Refuse(NotAccepted);
        var agent = drafted.Agent with { Owner = offered.Owner, Team = offered.Team, Environment = offered.Environment, Name = state.FreeName(drafted.Agent) };
        if (drafted.Key is { } key && state.AgentCredentials.ByPublic.ContainsKey(CredentialRules.NameOf(new AgentCredentialRegistered(agent.Id, key.Id, CredentialKind.KeyPair, key.Public, key.ExpiresAt)) ?? ""))
            return ControlPlan.Refuse("That key is, or was, a credential already: make another.");
        return ControlPlan.Take(drafted with { Agent = agent });
    }

    /// <summary>The name of the agent; where that was given before, with the end of its id, so that nobody learns names by refusals.</summary>
    public static string FreeName(this OrganizationState state, Agent agent)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(agent);
        if (!state.HasAgentNamed(agent.Name))
            return agent.Name;
        var end = "-" + agent.Id.Value.ToString("N")[^12..];
        return AgentLabel.Inert(agent.Name, AgentLabel.MaxLength - end.Length) + end;
    }
}
