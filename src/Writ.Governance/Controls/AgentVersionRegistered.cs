using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>There is another version of an agent. It acts when it is deployed.</summary>
public sealed record AgentVersionRegistered(AgentId Agent, AgentVersion Version) : ControlAction;
