namespace Writ.Governance.Querying.Answers;

/// <summary>Why a query has no answer. An answer that could leave something out is not given.</summary>
public enum QueryRefusal
{
    /// <summary>The index is being made and has not reached the log's end.</summary>
    Behind,

    /// <summary>The index was damaged and is made again.</summary>
    Damaged,

    /// <summary>More groups or values than one answer holds.</summary>
    TooMuch,

    /// <summary>The cursor belongs to another query, or to none.</summary>
    CursorUnknown,

    /// <summary>The log cannot be read.</summary>
    Unreadable,
}
