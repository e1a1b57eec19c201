using System.Collections.Immutable;
using Writ.Crypto.Hashing;

namespace Writ.Ledger.Columns;

/// <summary>The columns of a run of records that follow each other, with what later records said of them. Immutable, thread safe.</summary>
public sealed class ColumnBlock
{
    private readonly ColumnSchema _schema;
    private readonly BlockHeader _header;
    private readonly BlockBytes _bytes;
    private readonly ColumnCache? _cache;
    private readonly LoadedColumn?[]? _inMemory;
    private readonly ImmutableArray<Amendment> _amendments;

    private ColumnBlock(ColumnSchema schema, BlockHeader header, BlockBytes bytes, ColumnCache? cache, ulong firstRow, ImmutableArray<Amendment> amendments)
    {
        (_schema, _header, _bytes, _cache, FirstRow, _amendments) = (schema, header, bytes, cache, firstRow, amendments);
        _inMemory = cache is null ? new LoadedColumn?[schema.Columns.Length] : null;
    }

    /// <summary>The index of the first record.</summary>
    public ulong FirstRow { get; }

    /// <summary>How many records.</summary>
    public int Rows => _header.Rows;

    /// <summary>The smallest number of a column, or the least first half of its ids; meaningless for texts.</summary>
    public long MinOf(int column) => _header.Columns[column].Min;

    /// <summary>The largest number of a column, or the greatest first half of its ids; meaningless for texts.</summary>
    public long MaxOf(int column) => _header.Columns[column].Max;

    /// <summary>False when no record has a value in the column.</summary>
    public bool HasValues(int column) => _header.Columns[column].HasValues;

    /// <summary>True when every record has a value in the column.</summary>
    public bool IsFull(int column) => _header.Columns[column].IsFull;

    internal Hash256 Root => _header.Root;

    internal static ColumnBlock? InMemory(ColumnSchema schema, byte[] bytes, ulong firstRow) =>
        BlockHeader.Read(bytes, schema) is { } header ? new ColumnBlock(schema, header, BlockBytes.Of(bytes), null, firstRow, []) : null;

    /// <summary>Null when the file is no block of this schema.</summary>
    internal static ColumnBlock? InFile(ColumnSchema schema, BlockBytes bytes, ColumnCache cache) =>
        bytes.Read(0, BlockHeader.LengthOf(schema.Columns.Length)) is { } start && BlockHeader.Read(start.Span, schema) is { } header
            ? new ColumnBlock(schema, header, bytes, cache, header.FirstRow, [])
            : null;

    /// <summary>Reads some columns, each once; null when one of them is damaged.</summary>
    public OpenBlock? Open(IEnumerable<int> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var opened = new LoadedColumn?[_schema.Columns.Length];
        foreach (var column in columns)
        {
            if ((opened[column] ??= Load(column)) is null)
                return null;
        }

        return new OpenBlock(this, opened);
    }

    /// <summary>The same block with more amendments; those that stand later win.</summary>
    internal ColumnBlock With(IEnumerable<Amendment> more)
    {
        var added = more.ToImmutableArray();
        var columns = _header.Columns.ToArray();
        foreach (var amendment in added)
        {
            var place = columns[amendment.Column];
            columns[amendment.Column] = place with
            {
                Min = place.HasValues ? Math.Min(place.Min, amendment.Number) : amendment.Number,
                Max = place.HasValues ? Math.Max(place.Max, amendment.Number) : amendment.Number,
                HasValues = true,
            };
        }

        return new ColumnBlock(_schema, _header with { Columns = columns }, _bytes, _cache, FirstRow, [.. _amendments, .. added]);
    }

    /// <summary>What the extractor remembered after the block's last record; null when it is damaged.</summary>
    internal ReadOnlyMemory<byte>? Carry() => Section(_header.Carry);

    /// <summary>What the block's records say of earlier blocks; null when it is damaged.</summary>
    internal List<Amendment>? Amendments() => Section(_header.Amendments) is { } bytes ? Amendment.Read(bytes.Span, FirstRow, _schema) : null;

    private LoadedColumn? Load(int column)
    {
        if (_cache is null)
            return _inMemory![column] ??= Read(column);
        if (_cache.Find(this, column) is { } cached)
            return cached;
        var loaded = Read(column);
        if (loaded is not null)
            _cache.Keep(this, column, loaded);
        return loaded;
    }

    private LoadedColumn? Read(int column)
    {
        if (Section(_header.Columns[column]) is not { } bytes)
            return null;
        LoadedColumn? read = _schema.Columns[column].Kind switch
        {
            ColumnKind.Number => NumberColumn.Read(bytes, Rows),
            ColumnKind.Id => IdColumn.Read(bytes, Rows),
            var kind => TextColumn.Read(bytes, Rows, kind == ColumnKind.Set),
        };
        var ours = _amendments.Where(a => a.Column == column).ToList();
        return ours.Count == 0 || read is null ? read : AmendedColumn.Of(read, ours, FirstRow, Rows);
    }

    private ReadOnlyMemory<byte>? Section(in ColumnPlace place) =>
        _bytes.Read(place.Offset, place.Length) is { } bytes && Crc32C.Compute(bytes.Span) == place.Checksum ? bytes : (ReadOnlyMemory<byte>?)null; // without its type, null would be a memory of nothing
}
