using Writ.Governance.Agents;
using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>Somebody is asked to answer for an agent; nothing changes until that person accepts.</summary>
public sealed record AgentTransferProposed(AgentId Agent, PersonId To, string Reason) : ControlAction;
