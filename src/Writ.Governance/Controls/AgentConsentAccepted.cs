using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>The other side agrees; a consent holds from here on, until it expires or either side takes it back.</summary>
public sealed record AgentConsentAccepted(AgentId Agent, Guid Id) : ControlAction;
