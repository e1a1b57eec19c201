using System.Collections.Immutable;
using Writ.Governance.Policies.Remote;

namespace Writ.Governance.Decisions;

/// <summary>How a walk through the gates ended.</summary>
/// <param name="Result">The answer.</param>
/// <param name="Run">How many gates ran.</param>
/// <param name="Names">The names of gates, in order; the first <paramref name="Run"/> of them ran.</param>
/// <param name="Answers">What decision points outside Writ said.</param>
/// <param name="NotAsked">Those that would have to agree before it is permitted, and were not asked.</param>
public readonly record struct Walked(
    GateResult Result, int Run, ImmutableArray<string> Names, ImmutableArray<PointAnswer> Answers, ImmutableArray<string> NotAsked)
{
    /// <summary>Whether the gate of this name was the last that ran, so that its answer is the one that counts.</summary>
    public bool WasAnsweredBy(string gate) => Run > 0 && Names[Run - 1] == gate;
}
