using System.Collections.Immutable;
using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Comparison;

/// <summary>
/// Counts requests by the pair of their outcomes under two policies, and keeps a bounded number of examples of each pair that differs.
/// Not thread safe: every worker has its own, and they are added up in the order of the requests.
/// </summary>
/// <param name="examples">How many examples of a pair are kept.</param>
public sealed class OutcomeDifferences(int examples)
{
    private static readonly int Outcomes = Enum.GetValues<Outcome>().Length;
    private readonly long[] _counts = new long[Outcomes * Outcomes];
    private readonly List<OutcomeChange>?[] _examples = new List<OutcomeChange>?[Outcomes * Outcomes];

    /// <summary>How many requests were compared.</summary>
    public long Compared => _counts.Sum();

    /// <summary>How many have another outcome.</summary>
    public long Changed => Pairs.Sum(pair => Of(pair.Before, pair.After));

    /// <summary>How many are decided less strictly than before.</summary>
    public long Loosened => Pairs.Where(pair => pair.After < pair.Before).Sum(pair => Of(pair.Before, pair.After));

    /// <summary>The pairs that occur and differ, from the strictest outcome before to the least.</summary>
    public IEnumerable<(Outcome Before, Outcome After)> Pairs =>
        from before in Enum.GetValues<Outcome>().Reverse()
        from after in Enum.GetValues<Outcome>()
        where before != after && Of(before, after) > 0
        select (before, after);

    /// <summary>How many requests had the one outcome and have the other.</summary>
    public long Of(Outcome before, Outcome after) => _counts[At(before, after)];

    /// <summary>The first requests of a pair.</summary>
    public ImmutableArray<OutcomeChange> Examples(Outcome before, Outcome after) => [.. _examples[At(before, after)] ?? []];

    /// <summary>Counts a request; true where an example of the pair is still wanted.</summary>
    internal bool Count(Outcome before, Outcome after)
    {
        _counts[At(before, after)]++;
        return before != after && (_examples[At(before, after)]?.Count ?? 0) < examples;
    }

    internal void Keep(Outcome before, Outcome after, OutcomeChange change) => (_examples[At(before, after)] ??= []).Add(change);

    /// <summary>Adds what was found later.</summary>
    public void Add(OutcomeDifferences later)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += later._counts[i];
            if (later._examples[i] is { } more)
                (_examples[i] ??= []).AddRange(more.Take(examples - _examples[i]!.Count));
        }
    }

    private static int At(Outcome before, Outcome after) => ((int)before * Outcomes) + (int)after;
}
