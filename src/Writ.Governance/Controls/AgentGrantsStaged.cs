using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>Grants begin to be taken away: in force for <see cref="GrantOrigin.Stage"/> more, and kept where a permitted call needs them.</summary>
/// <param name="Agent">Whose.</param>
/// <param name="Leaving">The grants that leave.</param>
/// <param name="Narrower">What stays of them: each is covered by a grant that the agent has.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record AgentGrantsStaged(AgentId Agent, ImmutableArray<Grant> Leaving, ImmutableArray<Grant> Narrower, string Reason) : ControlAction;
