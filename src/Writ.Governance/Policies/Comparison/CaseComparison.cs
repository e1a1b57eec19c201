using Writ.Crypto.Hashing;
using Writ.Governance.Decisions;
using Writ.Governance.Policies.Testing;

namespace Writ.Governance.Policies.Comparison;

/// <summary>
/// Decides calls under two policies, and with each call those that differ from it in one argument, at every value where a rule of either
/// policy may turn: a threshold that moved by a cent is met. Bounded: at most 400 variations of a call.
/// </summary>
/// <param name="before">The one policy.</param>
/// <param name="after">The other, over the same tools.</param>
/// <param name="examples">How many examples of a pair of outcomes are kept.</param>
public sealed class CaseComparison(TrialWorld before, TrialWorld after, int examples)
{
    private const int MaxVariations = 400;

    /// <summary>Compares the calls, in their order; no call is decided twice.</summary>
    public async Task<OutcomeDifferences> RunAsync(IEnumerable<PolicyCase> seeds)
    {
        var found = new OutcomeDifferences(examples);
        var seen = new HashSet<(TrialCall, Hash256)>();
        foreach (var seed in seeds)
        {
            var variations = before.VariationsOf(seed.Call).Concat(after.VariationsOf(seed.Call)).Take(MaxVariations);
            foreach (var call in variations.Prepend(seed.Call).DistinctBy(call => call.Arguments.Digest))
            {
                if (seen.Add((call with { Arguments = Arguments.None }, call.Arguments.Digest)))
                    await CompareAsync(found, seed, call);
            }
        }

        return found;
    }

    private async ValueTask CompareAsync(OutcomeDifferences found, PolicyCase seed, TrialCall call)
    {
        var (was, now) = (await before.DecideAsync(call), await after.DecideAsync(call));
        if (found.Count(was.Outcome, now.Outcome))
        {
            found.Keep(was.Outcome, now.Outcome, new OutcomeChange(
                seed.Name, $"{call.Server}/{call.Tool}", OutcomeChange.Cut(call.Arguments.Value.GetRawText()), was.Rules, now.Rules));
        }
    }
}
