using Writ.Governance.Agents;
using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>An agent was given a root token of a delegation chain. The token itself is in no record: its holder's key is what makes it worth something, and its hash is how it is known.</summary>
public sealed record DelegationMinted(AgentId Agent, Guid Delegation, PersonId Principal, string Hash, DateTimeOffset ExpiresAt) : ControlAction;
