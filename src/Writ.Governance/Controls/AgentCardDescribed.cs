using Writ.Governance.Agents;
using Writ.Governance.Cards;

namespace Writ.Governance.Controls;

/// <summary>The owners of an agent say what it is good for. The whole card stands here; what was said before is said no more.</summary>
public sealed record AgentCardDescribed(AgentId Agent, AgentCard Card) : ControlAction;
