using Writ.Governance.Querying.Answers;
using Writ.Governance.Querying.Indexing;
using Writ.Governance.Querying.Language;
using Writ.Ledger;
using Writ.Ledger.Columns;

namespace Writ.Governance.Querying;

/// <summary>The index over the decision log of one organization: asked in the language of docs/querying.md. Thread safe.</summary>
public sealed class RecordIndex
{
    /// <summary>How many records that are not indexed yet a query waits for.</summary>
    public const int MostBehind = 200_000;

    /// <summary>How old a view may be that those who follow the log are answered from.</summary>
    public static readonly TimeSpan LiveFor = TimeSpan.FromMilliseconds(100);

    private const int Step = 65_536;

    private readonly ColumnIndex _index;
    private readonly LogicalLog _log;
    private readonly Lock _looking = new();
    private ColumnView? _live;
    private long _lookedAt;

    private RecordIndex(LogicalLog log, ColumnIndex index) => (_log, _index) = (log, index);

    /// <summary>The log it is over.</summary>
    public LogicalLog Log => _log;

    /// <summary>Opens the index of a log, in a folder of its own. Nothing is indexed yet that has no block.</summary>
    public static RecordIndex Open(LogicalLog log, string folder, long? cacheBytes = null)
    {
        var options = new ColumnIndexOptions { Folder = folder };
        return new RecordIndex(log, ColumnIndex.Open(log, QueryFields.Schema, new RecordExtractor(), cacheBytes is { } bytes ? options with { CacheBytes = bytes } : options));
    }

    /// <summary>The answer where nothing is recorded yet.</summary>
    public static QueryAnswer Nothing(RecordQuery query)
    {
        var matching = new Matching(query, new ColumnView([], 0), 0);
        return query.IsGrouped ? new RecordGroups(query, 0).Take(matching)! : new RecordPage(query, null, 0).Take(matching);
    }

    /// <summary>Indexes the next records. False when there are none left or the log could not be read.</summary>
    public bool CatchUp() => _index.CatchUp(Step) is null && _index.Behind > 0;

    /// <summary>Answers a query, over everything that was durable when it was asked.</summary>
    /// <param name="query">What is asked.</param>
    /// <param name="cursor">From the page before; null for the first.</param>
    public QueryResult Ask(RecordQuery query, string? cursor = null)
    {
        var page = cursor is null ? null : PageCursor.Read(cursor, query.Text);
        if (cursor is not null && (page is null || query.IsGrouped))
            return new QueryResult.Refused(QueryRefusal.CursorUnknown, "the cursor belongs to another query: ask for the first page again");
        var durable = _log.Head.Size;
        if (_index.Behind > MostBehind)
            return Behind();
        if (_index.CatchUp(MostBehind) is { } fault)
            return new QueryResult.Refused(QueryRefusal.Unreadable, fault.ToString());
        var view = _index.View();
        var records = page?.Records ?? view.Rows;
        if (view.Rows < Math.Max(durable, records))
            return Behind();
        var matching = new Matching(query, view, records, _log.MinimumIndex);
        var answer = query.IsGrouped ? new RecordGroups(query, records).Take(matching) : new RecordPage(query, page, records).Take(matching);
        if (matching.Damaged is { } damaged)
        {
            _index.Forget(damaged);
            return new QueryResult.Refused(QueryRefusal.Damaged, "a part of the index was damaged and is made again from the log: ask again in a moment");
        }

        return answer is not null
            ? new QueryResult.Answered(answer with { First = _log.MinimumIndex })
            : new QueryResult.Refused(QueryRefusal.TooMuch, $"there are more than {RecordGroups.MaxGroups} groups, or {RecordGroups.MaxValues} values for percentiles: narrow the filter");
    }

    /// <summary>
    /// Which records from <paramref name="first"/> on a filter wants, as things stood at most <see cref="LiveFor"/> ago: whoever asks within that time
    /// gets the same view, so that many who follow a busy log cost no more than one. Null where nothing can be told yet.
    /// </summary>
    /// <param name="filter">Which are wanted.</param>
    /// <param name="first">Where to begin.</param>
    /// <param name="end">Where to end, at the latest.</param>
    /// <param name="time">The clock.</param>
    public LiveSelection? Select(RowFilter filter, ulong first, ulong end, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(time);
        if (Live(time) is not { } view || Math.Min(end, view.Rows) is var last && last <= first)
            return null;
        var found = new List<ulong>();
        foreach (var block in view.Blocks)
        {
            if (block.FirstRow >= last || block.FirstRow + (ulong)block.Rows <= first || !filter.MayMatch(block))
                continue;
            if (block.Open(filter.ColumnsOf(block)) is not { } open)
            {
                Forget(block);
                return null;
            }

            var rows = filter.Apply(open);
            for (var row = rows.NextFrom((int)(Math.Max(first, block.FirstRow) - block.FirstRow)); row >= 0 && block.FirstRow + (ulong)row < last; row = rows.NextFrom(row + 1))
                found.Add(block.FirstRow + (ulong)row);
        }

        return new LiveSelection(found, last);
    }

    private ColumnView? Live(TimeProvider time)
    {
        lock (_looking)
        {
            if (_live is not null && time.GetElapsedTime(_lookedAt) < LiveFor)
                return _live;
            if (_index.Behind > MostBehind || _index.CatchUp(MostBehind) is not null)
                return null;
            (_live, _lookedAt) = (_index.View(), time.GetTimestamp());
            return _live;
        }
    }

    private void Forget(ColumnBlock damaged)
    {
        lock (_looking)
        {
            _index.Forget(damaged);
            _live = null;
        }
    }

    private QueryResult.Refused Behind() => new(
        QueryRefusal.Behind, $"the index has {_index.Rows} of {_log.Head.Size} records and is being made: ask again in a moment");
}
