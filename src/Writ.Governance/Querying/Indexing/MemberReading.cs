namespace Writ.Governance.Querying.Indexing;

/// <summary>How a member of a record is read.</summary>
internal enum MemberReading
{
    /// <summary>A text, or an object whose <c>value</c> is one.</summary>
    Text,

    /// <summary>A list of texts.</summary>
    Set,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A decimal number in a text, or a number.</summary>
    Amount,

    // What several kinds of records mean differently, or what joins them.
    Action,
    Answer,
    Approval,
    At,
    Decision,
    Id,
    Kind,
    Outcome,
    Person,
    Result,
    Root,
    Status,
    Error,
    Microseconds,
}
