using System.Buffers.Binary;

namespace Writ.Ledger.Columns;

/// <summary>UUIDs, big-endian, one a row; all zero for none. Immutable, thread safe.</summary>
public sealed class IdColumn : LoadedColumn
{
    internal const int Width = 16;

    private readonly ReadOnlyMemory<byte> _bytes;

    private IdColumn(ReadOnlyMemory<byte> bytes)
        : base(bytes.Length + 64) => _bytes = bytes;

    private int Rows => _bytes.Length / Width;

    /// <summary>The id of a row; null where the record has none.</summary>
    public Guid? At(int row) => new Guid(_bytes.Span.Slice(Width * row, Width), bigEndian: true) is var id && id != Guid.Empty ? id : null;

    /// <summary>The rows with this id; none for the empty one.</summary>
    public RowSet Where(Guid id)
    {
        Span<byte> wanted = stackalloc byte[Width];
        id.TryWriteBytes(wanted, bigEndian: true, out _);
        var rows = new RowSet(Rows);
        for (var row = 0; id != Guid.Empty && row < Rows; row++)
        {
            if (_bytes.Span.Slice(Width * row, Width).SequenceEqual(wanted))
                rows.Add(row);
        }

        return rows;
    }

    /// <inheritdoc/>
    public override RowSet Present()
    {
        var rows = new RowSet(Rows);
        for (var row = 0; row < Rows; row++)
        {
            if (At(row) is not null)
                rows.Add(row);
        }

        return rows;
    }

    /// <summary>What orders ids for the smallest and largest of a block: their first half, where version 7 has the time.</summary>
    internal static long ZoneOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[Width];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 1);
    }

    internal static IdColumn? Read(ReadOnlyMemory<byte> bytes, int rows) => bytes.Length == Width * rows ? new IdColumn(bytes) : null;
}
