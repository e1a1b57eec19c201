using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Lifecycle.Shadow;

/// <summary>Counts how a candidate's answers compare. Bounded by the pairs of outcomes there are, whatever comes. Thread safe.</summary>
internal sealed class ShadowTally
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<(Outcome Decided, Outcome Candidate), Pair> _pairs = [];
    private DateTimeOffset? _since;
    private long _compared;
    private long _agreed;
    private long _dropped;
    private long _failed;
    private long _elsewhere;

    public void Compare(DecisionId decision, DateTimeOffset at, PolicyAnswer decided, PolicyAnswer candidate)
    {
        lock (_gate)
        {
            Begin_NeedsLock(at);
            _compared++;
            if (decided.Agrees(candidate))
            {
                _agreed++;
                return;
            }

            var key = (decided.Outcome, candidate.Outcome);
            if (!_pairs.TryGetValue(key, out var pair))
                _pairs.Add(key, pair = new Pair());
            pair.Count++;
            pair.Newest.Enqueue(new ShadowExample(decision, [.. candidate.Rules.Take(ShadowExample.MaxRules)]));
            if (pair.Newest.Count > ShadowDisagreement.MaxExamples)
                pair.Newest.Dequeue();
        }
    }

    public void Drop(DateTimeOffset at) => Add(ref _dropped, at);

    public void Fail(DateTimeOffset at) => Add(ref _failed, at);

    public void PassElsewhere(DateTimeOffset at) => Add(ref _elsewhere, at);

    public ShadowCounts Read()
    {
        lock (_gate)
        {
            return new ShadowCounts(
                _since, _compared, _agreed, _dropped, _failed, _elsewhere,
                [.. _pairs.Reverse().Select(pair => new ShadowDisagreement(pair.Key.Decided, pair.Key.Candidate, pair.Value.Count, [.. pair.Value.Newest.Reverse()]))]);
        }
    }

    private void Add(ref long count, DateTimeOffset at)
    {
        lock (_gate)
        {
            Begin_NeedsLock(at);
            count++;
        }
    }

    private void Begin_NeedsLock(DateTimeOffset at) => _since = _since is { } since && since <= at ? since : at;

    private sealed class Pair
    {
        public long Count { get; set; }

        public Queue<ShadowExample> Newest { get; } = [];
    }
}
