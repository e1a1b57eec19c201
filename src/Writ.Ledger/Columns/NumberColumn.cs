using System.Buffers;
using System.Buffers.Binary;

namespace Writ.Ledger.Columns;

/// <summary>
/// Whole numbers: each row has its distance from the block's smallest in steps that all distances are whole multiples of, plus one; 0 for
/// none. Immutable, thread safe.
/// </summary>
public sealed class NumberColumn : LoadedColumn
{
    private readonly Packed _offsets;
    private const int HeaderLength = 16;

    private readonly long _min;
    private readonly ulong _step;
    private readonly int _rows;

    private NumberColumn(int bytes, long min, ulong step, Packed offsets, int rows)
        : base(bytes + 64) => (_min, _step, _offsets, _rows) = (min, step, offsets, rows);

    /// <summary>The number of a row; null where the record has none.</summary>
    public long? At(int row) => _offsets[row] is var offset and > 0 ? unchecked(_min + (long)((offset - 1) * _step)) : null;

    /// <summary>The rows whose number lies between two, both included.</summary>
    public RowSet Between(long low, long high)
    {
        var rows = new RowSet(_rows);
        if (low > high || high < _min)
            return rows;
        var (from, to) = (low <= _min ? 0 : unchecked((ulong)(low - _min)), unchecked((ulong)(high - _min)) / _step);
        _offsets.AddBetween((from / _step) + (from % _step == 0 ? 1UL : 2UL), to + 1, rows);
        return rows;
    }

    /// <inheritdoc/>
    public override RowSet Present()
    {
        var rows = new RowSet(_rows);
        _offsets.AddBetween(1, ulong.MaxValue, rows);
        return rows;
    }

    internal static void Write(ArrayBufferWriter<byte> to, long min, ulong step, ReadOnlySpan<ulong> offsets)
    {
        var header = to.GetSpan(HeaderLength);
        BinaryPrimitives.WriteInt64LittleEndian(header, min);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], step);
        to.Advance(HeaderLength);
        Packed.Write(to, offsets);
    }

    internal static NumberColumn? Read(ReadOnlyMemory<byte> bytes, int rows) =>
        bytes.Length > HeaderLength && BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span[8..]) is var step and > 0 && Packed.Read(bytes[HeaderLength..], rows) is { } offsets
            ? new NumberColumn(bytes.Length, BinaryPrimitives.ReadInt64LittleEndian(bytes.Span), step, offsets, rows)
            : null;
}
