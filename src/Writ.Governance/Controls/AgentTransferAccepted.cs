using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>Who was asked answers for the agent from here on. The agent is the same as before.</summary>
public sealed record AgentTransferAccepted(AgentId Agent) : ControlAction;
