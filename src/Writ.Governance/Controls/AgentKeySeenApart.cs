using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>An API key was used from two networks, one soon after the other: it was copied, or its agent runs in two places. It changes nothing; people decide.</summary>
/// <param name="Agent">Whose key.</param>
/// <param name="KeyId">Its public part.</param>
/// <param name="First">The network where it was used first, as CIDR.</param>
/// <param name="Then">The network where it was used then.</param>
/// <param name="Seconds">How many seconds after.</param>
public sealed record AgentKeySeenApart(AgentId Agent, string KeyId, string First, string Then, long Seconds) : ControlAction;
