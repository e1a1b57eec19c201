using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>The owner is gone; the backup owner answers for the agent from here on.</summary>
public sealed record AgentOwnerPromoted(AgentId Agent, string Reason) : ControlAction;
