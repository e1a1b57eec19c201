using System.Collections.Immutable;

namespace Writ.Governance.Querying.Answers;

/// <summary>What the ledger answers to a query. Immutable.</summary>
public sealed record QueryAnswer
{
    public required ImmutableArray<AnswerColumn> Columns { get; init; }

    public required ImmutableArray<AnswerRow> Rows { get; init; }

    /// <summary>How many records the filter wants, on all pages together.</summary>
    public required long Matched { get; init; }

    /// <summary>The answer speaks of the log's first so many records, all of them.</summary>
    public required ulong Records { get; init; }

    /// <summary>The answer speaks of no record before this one: they were pruned after their retention. 0 where none were.</summary>
    public ulong First { get; init; }

    /// <summary>What to ask for the next page with; null on the last.</summary>
    public string? Next { get; init; }

    /// <summary>Whether there are groups beyond the limit.</summary>
    public bool IsCut { get; init; }
}
