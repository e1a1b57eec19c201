using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>From here on the agent is this version of it.</summary>
public sealed record AgentVersionDeployed(AgentId Agent, string Version, string Reason) : ControlAction;
