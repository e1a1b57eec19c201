using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>An agent is known, as people described it.</summary>
public sealed record AgentRegistered(Agent Agent) : ControlAction;
