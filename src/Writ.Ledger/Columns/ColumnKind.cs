namespace Writ.Ledger.Columns;

/// <summary>What a column holds of each record. A record may have nothing in any of them.</summary>
public enum ColumnKind
{
    /// <summary>One text, in UTF-8; kept once a block however often it stands there.</summary>
    Text,

    /// <summary>Several texts; a combination is kept once a block.</summary>
    Set,

    /// <summary>A whole number, <see cref="long.MinValue"/> excluded; the smallest and largest of a block are known without reading it.</summary>
    Number,

    /// <summary>A UUID of its own for nearly every record; the smallest and largest of a block are known.</summary>
    Id,
}
