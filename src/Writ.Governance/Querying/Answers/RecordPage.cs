using System.Collections.Immutable;
using Writ.Governance.Querying.Indexing;
using Writ.Governance.Querying.Language;

namespace Writ.Governance.Querying.Answers;

/// <summary>Answers a query whose rows are single records: one page, and where the next begins. Not thread safe.</summary>
internal sealed class RecordPage(RecordQuery query, PageCursor? after, ulong records)
{
    private readonly QueryField? _by = query.OrderedBy is QueryItem.Field { Of: var by } && by != QueryFields.At ? by : null;
    private long _matched;

    public QueryAnswer Take(Matching matching)
    {
        var (picked, more) = _by is null ? InOrderOfTheLog(matching) : InOrderOf(_by, matching);
        var columns = query.Items.Cast<QueryItem.Field>().Select(i => new AnswerColumn(i.Name, i.Of.Kind)).ToImmutableArray();
        return new QueryAnswer
        {
            Columns = columns,
            Rows = [.. picked.Select(p => new AnswerRow(p.Row, [.. query.Items.Cast<QueryItem.Field>().Select(i => FieldValues.Of(i.Of, p.Block.Open, (int)(p.Row - p.Block.Block.FirstRow)))]))],
            Matched = _matched,
            Records = records,
            Next = more && picked.Count > 0 ? new PageCursor(records, picked[^1].Value, picked[^1].Row).Write(query.Text) : null,
        };
    }

    private (List<PickedRow> Picked, bool More) InOrderOfTheLog(Matching matching)
    {
        var (picked, more) = (new List<PickedRow>(), false);
        foreach (var block in matching.Blocks(query.IsAscending))
        {
            _matched += block.Rows.Count;
            if (more)
                continue;
            for (var row = First(block); row >= 0; row = query.IsAscending ? block.Rows.NextFrom(row + 1) : block.Rows.LastBefore(row))
            {
                if (more = picked.Count == query.Limit)
                    break;
                picked.Add(new PickedRow(0, block.Block.FirstRow + (ulong)row, block));
            }
        }

        return (picked, more);
    }

    /// <summary>The first row of a block that comes behind the cursor.</summary>
    private int First(in MatchedBlock block)
    {
        var (first, end) = (block.Block.FirstRow, block.Block.FirstRow + (ulong)block.Block.Rows);
        if (query.IsAscending)
            return after is not { } low || low.Row < first ? block.Rows.NextFrom(0) : low.Row + 1 < end ? block.Rows.NextFrom((int)(low.Row + 1 - first)) : -1;
        return after is not { } high || high.Row >= end ? block.Rows.LastBefore(block.Block.Rows) : high.Row > first ? block.Rows.LastBefore((int)(high.Row - first)) : -1;
    }

    /// <summary>Keeps the best rows in a heap whose worst is at hand: records without the value come last.</summary>
    private (List<PickedRow> Picked, bool More) InOrderOf(QueryField by, Matching matching)
    {
        var order = Comparer<PickedRow>.Create(query.IsAscending
            ? (a, b) => a.Value != b.Value ? a.Value.CompareTo(b.Value) : a.Row.CompareTo(b.Row)
            : (a, b) => a.Value != b.Value ? b.Value.CompareTo(a.Value) : b.Row.CompareTo(a.Row));
        var none = query.IsAscending ? long.MaxValue : long.MinValue;
        var last = after is { } cursor ? new PickedRow(cursor.Value, cursor.Row, default) : default;
        var best = new PriorityQueue<PickedRow, PickedRow>(Comparer<PickedRow>.Create((a, b) => order.Compare(b, a)));
        var more = false;
        foreach (var block in matching.Blocks(oldestFirst: true))
        {
            _matched += block.Rows.Count;
            var values = block.Open.Numbers(by.Column);
            for (var row = block.Rows.NextFrom(0); row >= 0; row = block.Rows.NextFrom(row + 1))
            {
                var candidate = new PickedRow(values.At(row) ?? none, block.Block.FirstRow + (ulong)row, block);
                if (after is not null && order.Compare(candidate, last) <= 0)
                    continue;
                if (best.Count < query.Limit)
                    best.Enqueue(candidate, candidate);
                else
                {
                    more = true;
                    if (order.Compare(candidate, best.Peek()) < 0)
                        best.EnqueueDequeue(candidate, candidate);
                }
            }
        }

        return ([.. best.UnorderedItems.Select(i => i.Element).Order(order)], more);
    }
}
