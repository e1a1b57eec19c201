using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>One task of the agent uses at most this, from here on.</summary>
public sealed record AgentCeilingChanged(AgentId Agent, TaskCeiling Ceiling, string Reason) : ControlAction;
