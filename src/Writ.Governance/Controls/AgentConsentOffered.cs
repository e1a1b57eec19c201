using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>The agent's side would let others ask it to work; it holds once their side accepts.</summary>
public sealed record AgentConsentOffered(AgentId Agent, Guid Id, InvokeParty Who, DateTimeOffset ExpiresAt, string Reason) : ControlAction;
