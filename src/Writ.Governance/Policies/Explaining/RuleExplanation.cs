using System.Collections.Immutable;

namespace Writ.Governance.Policies.Explaining;

/// <summary>How one rule fares with an action, and why.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Fate">How it fares.</param>
/// <param name="Reason">What its author says it is for.</param>
/// <param name="Clauses">What it asks beyond its scope; in the order of evaluation.</param>
public sealed record RuleExplanation(RuleSummary Rule, RuleFate Fate, string? Reason, ImmutableArray<ClauseExplanation> Clauses);
