using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>An agent was activated, suspended or retired.</summary>
/// <param name="Agent">Which.</param>
/// <param name="To">Where it stands from here on.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Cause">Why it was suspended, as a word; null for manual, as in every record from before there were others.</param>
public sealed record AgentLifecycleChanged(AgentId Agent, AgentLifecycle To, string Reason, SuspensionCause? Cause = null) : ControlAction;
