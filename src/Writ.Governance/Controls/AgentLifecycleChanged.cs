using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>An agent was activated, suspended or retired.</summary>
public sealed record AgentLifecycleChanged(AgentId Agent, AgentLifecycle To, string Reason) : ControlAction;
