using System.Collections.Immutable;

namespace Writ.Governance.Policies.Lifecycle.Shadow;

/// <summary>What came of evaluating a candidate beside live decisions.</summary>
/// <param name="Since">The first decision that was counted; null while none was.</param>
/// <param name="Compared">How many decisions both policies answered.</param>
/// <param name="Agreed">On how many of them nobody could tell the two apart.</param>
/// <param name="Dropped">How many were not evaluated, because more came than there was room for.</param>
/// <param name="Failed">How many could not be evaluated, by a fault of Writ's own.</param>
/// <param name="Elsewhere">How many were refused before or after the policies, so that there was nothing to compare.</param>
/// <param name="Disagreements">The pairs that differ, the strictest live outcome first.</param>
public sealed record ShadowCounts(
    DateTimeOffset? Since, long Compared, long Agreed, long Dropped, long Failed, long Elsewhere, ImmutableArray<ShadowDisagreement> Disagreements)
{
    /// <summary>Before anything was counted.</summary>
    public static ShadowCounts None { get; } = new(null, 0, 0, 0, 0, 0, []);
}
