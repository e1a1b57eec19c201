using System.Collections.Immutable;
using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Lifecycle.Shadow;

/// <summary>The decisions that had one outcome and would have another. The same outcome twice: its limits, approvers or remedy differ.</summary>
/// <param name="Decided">What was decided.</param>
/// <param name="Candidate">What the candidate would have decided.</param>
/// <param name="Count">How many there were.</param>
/// <param name="Newest">The newest of them, newest first.</param>
public sealed record ShadowDisagreement(Outcome Decided, Outcome Candidate, long Count, ImmutableArray<ShadowExample> Newest)
{
    /// <summary>How many examples of a pair of outcomes are kept.</summary>
    public const int MaxExamples = 10;

    /// <summary>Whether the candidate would have been less strict.</summary>
    public bool IsLooser => Candidate < Decided;
}
