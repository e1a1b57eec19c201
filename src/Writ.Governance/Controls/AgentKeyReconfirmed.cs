using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>A key that a restore had suspended works again: somebody vouches that it was not revoked after the backup.</summary>
public sealed record AgentKeyReconfirmed(AgentId Agent, string KeyId) : ControlAction;
