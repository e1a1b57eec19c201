using System.Collections.Immutable;
using Writ.Governance.Decisions;

namespace Writ.Governance.Trust;

/// <summary>How an agent stands in one respect, and on what that rests.</summary>
/// <param name="Value">0 to 1000; 500 where there is nothing to go by.</param>
/// <param name="For">How many records speak for the agent, of all time.</param>
/// <param name="Against">How many speak against it.</param>
/// <param name="Evidence">The decisions of the newest that speak against it, at most <see cref="MostEvidence"/>, oldest first.</param>
public sealed record TrustMeasure(int Value, long For, long Against, ImmutableArray<DecisionId> Evidence)
{
    /// <summary>How many decisions are named.</summary>
    public const int MostEvidence = 8;
}
