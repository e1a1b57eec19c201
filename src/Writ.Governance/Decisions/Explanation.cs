using System.Collections.Immutable;

namespace Writ.Governance.Decisions;

/// <summary>What the gates would say: nothing is decided, consumed or recorded.</summary>
/// <param name="Gates">Each gate that ran, and whether it passed the action on.</param>
/// <param name="Result">The answer that ended the walk.</param>
public sealed record Explanation(ImmutableArray<(string Gate, bool Passed)> Gates, GateResult Result)
{
    /// <summary>The decision points outside Writ that would have to agree as well, and are not asked by an explanation.</summary>
    public ImmutableArray<string> NotAsked { get; init; } = [];

    /// <summary>The sources that would be asked for a fact and have no answer that is kept; an explanation asks none, and treats the fact as unavailable.</summary>
    public ImmutableArray<string> FactsNotLookedUp { get; init; } = [];
}
