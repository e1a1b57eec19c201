using System.Collections.Immutable;
using Writ.Governance.Querying.Indexing;
using Writ.Ledger.Columns;

namespace Writ.Governance.Querying.Language;

/// <summary>A question to the ledger, ready to be asked. Immutable.</summary>
public sealed record RecordQuery
{
    /// <summary>The longest query, in characters.</summary>
    public const int MaxLength = 4_096;

    /// <summary>The most rows of one answer.</summary>
    public const int MaxLimit = 1_000;

    /// <summary>As it was written.</summary>
    public required string Text { get; init; }

    /// <summary>Which records are wanted.</summary>
    public required RowFilter Filter { get; init; }

    /// <summary>What they are put together by; none where each record is a row, or all of them one.</summary>
    public ImmutableArray<QueryItem.Key> Keys { get; init; } = [];

    /// <summary>The columns of the answer beside the keys.</summary>
    public required ImmutableArray<QueryItem> Items { get; init; }

    /// <summary>What the rows are ordered by; null for the newest first, and the largest group first.</summary>
    public QueryItem? OrderedBy { get; init; }

    public bool IsAscending { get; init; }

    /// <summary>The most rows of an answer.</summary>
    public required int Limit { get; init; }

    /// <summary>Whether its rows are made of many records.</summary>
    public bool IsGrouped => Keys.Length > 0 || Items is [QueryItem.Aggregate, ..];

    /// <summary>Whether it says which records, and nothing of what to make of them.</summary>
    public bool IsFilterAlone { get; init; }

    /// <summary>The fields it has to read beside those of the filter.</summary>
    public IEnumerable<QueryField> Fields => Keys.Concat(Items).Append(OrderedBy).OfType<QueryItem>().Select(FieldOf).OfType<QueryField>().Distinct();

    /// <summary>Reads a query.</summary>
    /// <param name="text">In the language of docs/querying.md.</param>
    /// <param name="names">What agents are called.</param>
    /// <param name="limit">The most rows where the query does not say; 1 to <see cref="MaxLimit"/>.</param>
    public static QueryReading Parse(string text, IRecordNames names, int limit = 50)
    {
        if (text.Length > MaxLength)
            return new QueryReading.Wrong(new QueryProblem(MaxLength, $"a query has at most {MaxLength} characters"));
        return QueryLexer.Read(text, out var problem) is { } tokens
            ? new QueryParser(text, tokens, names, limit).Parse()
            : new QueryReading.Wrong(problem!);
    }

    private static QueryField? FieldOf(QueryItem item) => item switch
    {
        QueryItem.Field field => field.Of,
        QueryItem.Key key => key.Of,
        QueryItem.Aggregate aggregate => aggregate.Of,
        _ => null,
    };
}
