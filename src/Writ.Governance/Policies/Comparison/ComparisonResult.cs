using Writ.Governance.Replay;

namespace Writ.Governance.Policies.Comparison;

/// <summary>What came of comparing two policies over recorded calls.</summary>
public abstract record ComparisonResult
{
    private ComparisonResult()
    {
    }

    public sealed record Done(OutcomeDifferences Differences) : ComparisonResult;

    /// <summary>A trace cannot be read.</summary>
    public sealed record Refused(TraceProblem Problem) : ComparisonResult;
}
