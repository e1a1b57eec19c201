namespace Writ.Governance.Querying.Indexing;

/// <summary>What a field holds: how its values are written in a query, compared and shown.</summary>
public enum FieldKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>Several texts: a comparison holds where it holds for one of them.</summary>
    Set,

    /// <summary>A UUID of its own for nearly every record.</summary>
    Id,

    /// <summary>A moment, UTC, in microseconds since 1970-01-01.</summary>
    Time,

    /// <summary>A decimal number, kept in billionths; what is beyond ±9.2 billion counts as that.</summary>
    Amount,

    /// <summary>A time span in microseconds.</summary>
    Span,

    /// <summary>A whole number.</summary>
    Count,
}
