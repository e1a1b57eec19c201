using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>One side took a consent back, or an offer of one.</summary>
public sealed record AgentConsentWithdrawn(AgentId Agent, Guid Id, string Reason) : ControlAction;
