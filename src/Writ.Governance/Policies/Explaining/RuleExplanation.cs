using System.Collections.Immutable;

namespace Writ.Governance.Policies.Explaining;

/// <summary>How one rule fares with an action, and why.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Fate">How it fares.</param>
/// <param name="Reason">What its author says it is for.</param>
/// <param name="Miss">The part of the scope that does not cover the action: <c>principal</c>, <c>action</c> or <c>resource</c>; null when it does.</param>
/// <param name="Clauses">What it asks beyond its scope; empty where the scope does not cover the action.</param>
public sealed record RuleExplanation(RuleSummary Rule, RuleFate Fate, string? Reason, string? Miss, ImmutableArray<ClauseExplanation> Clauses);
