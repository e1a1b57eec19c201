using Writ.Governance.Agents;
using Writ.Governance.Reviews;

namespace Writ.Governance.Controls;

/// <summary>A review should have been, and Writ says so before it suspends the agent for it.</summary>
/// <param name="Agent">Which.</param>
/// <param name="Review">Of what.</param>
/// <param name="DueAt">When it should have been.</param>
/// <param name="SuspendsAt">When the agent is suspended for it, unless it is reviewed.</param>
public sealed record AgentReviewOverdue(AgentId Agent, ReviewKind Review, DateTimeOffset DueAt, DateTimeOffset SuspendsAt) : ControlAction;
