using System.Collections.Immutable;
using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Lifecycle.Canary;

/// <summary>What policies answered on one side.</summary>
/// <param name="Counts">How many of each outcome, in the order of the outcomes.</param>
public sealed record CanaryArm(ImmutableArray<long> Counts)
{
    /// <summary>How many decisions in all.</summary>
    public long Decisions => Counts.Sum();

    /// <summary>How many had one outcome.</summary>
    public long Of(Outcome outcome) => Counts[(int)outcome];
}
