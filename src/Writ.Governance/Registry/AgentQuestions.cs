using Writ.Governance.Agents;
using Writ.Governance.People;

namespace Writ.Governance.Registry;

/// <summary>What the registry knows about who answers for agents, and what they hold.</summary>
public static class AgentQuestions
{
    /// <summary>Whether a person is here to answer for something.</summary>
    public static bool IsLive(this OrganizationState state, PersonId person) => state.People.TryGetValue(person, out var known) && known.IsHere;

    /// <summary>Whether an agent holds a credential that works at a moment.</summary>
    public static bool HasCredential(this OrganizationState state, AgentId agent, DateTimeOffset now) =>
        state.AgentKeys.Values.Any(key => key.Agent == agent && !key.Revoked && !key.Suspended && key.ExpiresAt > now)
        || state.AgentCredentials.ById.Values.Any(credential => credential.Agent == agent && credential.IsInForce(now));

    /// <summary>Whether an agent of the name was ever registered: a name is never used again.</summary>
    public static bool HasAgentNamed(this OrganizationState state, string name) => state.AgentsByName.ContainsKey(name);
}
