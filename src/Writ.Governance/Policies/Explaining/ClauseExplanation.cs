using System.Collections.Immutable;

namespace Writ.Governance.Policies.Explaining;

/// <summary>One thing that a rule asks; it applies when all its clauses hold.</summary>
/// <param name="Text">The clause in Cedar, as it would have to be true.</param>
/// <param name="Line">Where it stands in the rule's file, from 1; 0 where that is not known.</param>
/// <param name="Column">From 1.</param>
/// <param name="Fate">How it fares.</param>
/// <param name="Fault">Why it could not be evaluated.</param>
/// <param name="Reads">What it looked at.</param>
/// <param name="Change">What would have to be otherwise for the clause to come out the other way, for people.</param>
public sealed record ClauseExplanation(
    string Text, int Line, int Column, ClauseFate Fate, string? Fault, ImmutableArray<ReadValue> Reads, string? Change);
