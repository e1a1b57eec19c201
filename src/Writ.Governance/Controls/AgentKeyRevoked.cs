using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>An API key stopped working, for good.</summary>
public sealed record AgentKeyRevoked(AgentId Agent, string KeyId, string Reason) : ControlAction;
