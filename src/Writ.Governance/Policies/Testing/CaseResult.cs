using System.Collections.Immutable;

namespace Writ.Governance.Policies.Testing;

/// <summary>A case that was tried.</summary>
/// <param name="Case">The case.</param>
/// <param name="Answer">What came of it.</param>
/// <param name="Mismatches">What is not as expected; empty when it passed.</param>
public sealed record CaseResult(PolicyCase Case, TrialAnswer Answer, ImmutableArray<string> Mismatches)
{
    public bool Passed => Mismatches.IsEmpty;
}
