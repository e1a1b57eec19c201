using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>Who was asked does not answer for the agent: the offer was declined or taken back.</summary>
public sealed record AgentTransferEnded(AgentId Agent, string Reason) : ControlAction;
