namespace Writ.Ledger.Columns;

/// <summary>A column of a block, read and checked. Immutable, thread safe.</summary>
public abstract class LoadedColumn
{
    private protected LoadedColumn(int bytes) => Bytes = bytes;

    /// <summary>About how much memory it takes.</summary>
    internal int Bytes { get; }

    /// <summary>The rows that have a value.</summary>
    public abstract RowSet Present();
}
