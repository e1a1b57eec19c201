using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>Grants that were being taken away are gone: no permitted call needed them in their time. Writ itself ends them.</summary>
public sealed record AgentGrantsEnded(AgentId Agent, ImmutableArray<Grant> Grants) : ControlAction;
