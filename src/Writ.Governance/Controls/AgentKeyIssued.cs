using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>An agent holds an API key; only its keyed hash is kept.</summary>
public sealed record AgentKeyIssued(AgentId Agent, string KeyId, string SecretHash, DateTimeOffset ExpiresAt) : ControlAction;
