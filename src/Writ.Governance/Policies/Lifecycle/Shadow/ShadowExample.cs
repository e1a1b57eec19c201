using System.Collections.Immutable;
using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Lifecycle.Shadow;

/// <summary>A decision on which a candidate disagrees.</summary>
/// <param name="Decision">The decision, whose record says who wanted what.</param>
/// <param name="Rules">The candidate's rules that would have decided; the first of them.</param>
public sealed record ShadowExample(DecisionId Decision, ImmutableArray<string> Rules)
{
    /// <summary>How many rules are named.</summary>
    public const int MaxRules = 8;
}
