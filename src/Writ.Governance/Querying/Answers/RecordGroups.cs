using System.Collections.Immutable;
using Writ.Governance.Querying.Indexing;
using Writ.Governance.Querying.Language;

namespace Writ.Governance.Querying.Answers;

/// <summary>Answers a query whose rows are made of many records. Not thread safe.</summary>
internal sealed class RecordGroups(RecordQuery query, ulong records)
{
    /// <summary>The most groups there may be before the limit cuts them.</summary>
    public const int MaxGroups = 100_000;

    /// <summary>The most values kept for percentiles.</summary>
    public const long MaxValues = 8_000_000;

    private readonly QueryItem.Aggregate[] _aggregates = [.. query.Items.Cast<QueryItem.Aggregate>()];
    private readonly KeyValues[] _keys = [.. query.Keys.Select(k => new KeyValues(k))];
    private readonly Dictionary<GroupKey, Aggregator[]> _groups = [];
    private long _matched;
    private long _kept;

    /// <summary>The answer; null where it would hold too much.</summary>
    public QueryAnswer? Take(Matching matching)
    {
        if (_keys.Length == 0)
            _groups[default] = NewGroup();
        foreach (var block in matching.Blocks(oldestFirst: true))
        {
            _matched += block.Rows.Count;
            for (var row = block.Rows.NextFrom(0); row >= 0; row = block.Rows.NextFrom(row + 1))
                Add(block, row, default, 0);
            if (_groups.Count > MaxGroups || _kept > MaxValues)
                return null;
        }

        var rows = Ordered().ToList();
        return new QueryAnswer
        {
            Columns = [.. query.Keys.Select(k => new AnswerColumn(k.Name, k.Of.Kind)), .. _aggregates.Select(a => new AnswerColumn(a.Name, KindOf(a)))],
            Rows = [.. rows.Take(query.Limit).Select(values => new AnswerRow(null, values))],
            Matched = _matched,
            Records = records,
            IsCut = rows.Count > query.Limit,
        };
    }

    private static FieldKind KindOf(QueryItem.Aggregate aggregate) => aggregate.Kind == AggregateKind.Count ? FieldKind.Count : aggregate.Of!.Kind;

    private void Add(in MatchedBlock block, int row, GroupKey key, int place)
    {
        if (place < _keys.Length)
        {
            foreach (var value in _keys[place].Of(block.Open, row))
                Add(block, row, key.With(place, value), place + 1);
            return;
        }

        if (!_groups.TryGetValue(key, out var group))
            _groups[key] = group = NewGroup();
        for (var i = 0; i < group.Length; i++)
        {
            group[i].Add(_aggregates[i].Of is { } of ? block.Open.Numbers(of.Column).At(row) : null);
            _kept += _aggregates[i].Kind == AggregateKind.Percentile ? 1 : 0;
        }
    }

    private Aggregator[] NewGroup() => [.. _aggregates.Select(a => new Aggregator(a))];

    private IEnumerable<ImmutableArray<object?>> Ordered()
    {
        var rows = _groups.Select(g => (ImmutableArray<object?>)[.. _keys.Select((k, i) => k[g.Key[i]]), .. g.Value.Select(a => a.Result())]);
        var by = query.OrderedBy switch
        {
            QueryItem.Key key => query.Keys.IndexOf(key),
            QueryItem.Aggregate aggregate => query.Keys.Length + Array.IndexOf(_aggregates, aggregate),
            _ => query.Keys.Length,
        };
        var order = Comparer<object?>.Create(Compare);
        var sorted = query.IsAscending && query.OrderedBy is not null ? rows.OrderBy(r => r[by], order) : rows.OrderByDescending(r => r[by], order);
        // What is equal stands in the order of its keys, so that one question has one answer.
        return query.Keys.Select((_, place) => place).Aggregate(sorted, (done, place) => done.ThenBy(r => r[place], order));
    }

    private static int Compare(object? left, object? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (string a, string b) => string.CompareOrdinal(a, b),
        _ => Comparer<object>.Default.Compare(left, right),
    };
}
