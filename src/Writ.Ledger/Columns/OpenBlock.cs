namespace Writ.Ledger.Columns;

/// <summary>A block with some of its columns at hand. Immutable, thread safe.</summary>
public sealed class OpenBlock
{
    private readonly LoadedColumn?[] _columns;

    internal OpenBlock(ColumnBlock block, LoadedColumn?[] columns) => (Block, _columns) = (block, columns);

    /// <summary>The block.</summary>
    public ColumnBlock Block { get; }

    /// <summary>How many rows it has.</summary>
    public int Rows => Block.Rows;

    /// <summary>A column of texts or of combinations of texts.</summary>
    /// <exception cref="InvalidCastException">It is of another kind.</exception>
    /// <exception cref="InvalidOperationException">The block was opened without it.</exception>
    public TextColumn Texts(int column) => (TextColumn)Any(column);

    /// <summary>A column of numbers; throws as <see cref="Texts"/>.</summary>
    public NumberColumn Numbers(int column) => (NumberColumn)Any(column);

    /// <summary>A column of ids; throws as <see cref="Texts"/>.</summary>
    public IdColumn Ids(int column) => (IdColumn)Any(column);

    /// <summary>A column of any kind; throws as <see cref="Texts"/>.</summary>
    public LoadedColumn Any(int column) => _columns[column] ?? throw new InvalidOperationException($"the block was opened without column {column}");
}
