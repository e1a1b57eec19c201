using System.Collections.Immutable;
using Writ.Governance.Trust;

namespace Writ.Server.Api;

/// <summary>One respect in which an agent is trusted.</summary>
/// <param name="Respect">Which.</param>
/// <param name="Value">0 to 1000; of identity and exposure the most that the score can be.</param>
/// <param name="For">How many records speak for the agent; null where none are counted.</param>
/// <param name="Against">How many speak against it.</param>
/// <param name="Evidence">The newest decisions of those.</param>
internal sealed record TrustRespectView(string Respect, int Value, long? For = null, long? Against = null, ImmutableArray<string>? Evidence = null)
{
    public static TrustRespectView Of(string respect, TrustMeasure measure) =>
        new(respect, measure.Value, measure.For, measure.Against, [.. measure.Evidence.Select(decision => decision.ToString())]);
}
