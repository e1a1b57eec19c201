using System.Collections.Immutable;
using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Lifecycle.Canary;

/// <summary>How a canary stands in this life of the process.</summary>
/// <param name="Since">The first decision that was counted; null while none was.</param>
/// <param name="Canary">What the candidate decided.</param>
/// <param name="Others">What the policy that holds decided.</param>
/// <param name="Left">How it left its band; null while it has not.</param>
public sealed record CanaryCounts(DateTimeOffset? Since, CanaryArm Canary, CanaryArm Others, string? Left)
{
    /// <summary>Before anything was counted.</summary>
    public static CanaryCounts None { get; } = new(null, new CanaryArm(Nothing), new CanaryArm(Nothing), null);

    private static ImmutableArray<long> Nothing => [.. new long[Enum.GetValues<Outcome>().Length]];
}
