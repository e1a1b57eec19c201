using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>Other people find the agent from here on. Who may ask it to work is not said by this.</summary>
public sealed record AgentVisibilityChanged(AgentId Agent, AgentVisibility Visibility, string Reason) : ControlAction;
