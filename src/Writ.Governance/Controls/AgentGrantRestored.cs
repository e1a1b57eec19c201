using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>A grant that was being taken away stays: a permitted call needed it, or somebody said so.</summary>
public sealed record AgentGrantRestored(AgentId Agent, Grant Grant, string Reason) : ControlAction;
