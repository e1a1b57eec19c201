using Writ.Governance.Agents;
using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>Somebody else, or with null nobody, answers for the agent when its owner cannot.</summary>
public sealed record AgentBackupOwnerChanged(AgentId Agent, string Reason, PersonId? Backup = null) : ControlAction;
