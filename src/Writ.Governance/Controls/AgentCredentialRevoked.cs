using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>A credential of an agent stopped working, for good, and with it every SVID that was signed for it.</summary>
public sealed record AgentCredentialRevoked(AgentId Agent, string Id, string Reason) : ControlAction;
