using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>What an agent has been given is, from here on, exactly this.</summary>
public sealed record AgentGrantsChanged(AgentId Agent, ImmutableArray<Grant> Grants) : ControlAction;
