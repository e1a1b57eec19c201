using System.Buffers;
using System.Buffers.Binary;

namespace Writ.Ledger.Columns;

/// <summary>A value for an earlier row that a later record brought: of a text column, or of a number column.</summary>
internal readonly record struct Amendment(ulong Row, int Column, byte[]? Text, long Number)
{
    private const int HeaderLength = 24;

    public static void Write(ArrayBufferWriter<byte> to, IReadOnlyCollection<Amendment> amendments)
    {
        foreach (var amendment in amendments)
        {
            var header = to.GetSpan(HeaderLength);
            BinaryPrimitives.WriteUInt64LittleEndian(header, amendment.Row);
            BinaryPrimitives.WriteInt32LittleEndian(header[8..], amendment.Column);
            BinaryPrimitives.WriteInt32LittleEndian(header[12..], amendment.Text?.Length ?? -1);
            BinaryPrimitives.WriteInt64LittleEndian(header[16..], amendment.Number);
            to.Advance(HeaderLength);
            to.Write(amendment.Text);
        }
    }

    /// <summary>Null when the bytes are no amendments of rows before <paramref name="end"/>.</summary>
    public static List<Amendment>? Read(ReadOnlySpan<byte> bytes, ulong end, ColumnSchema schema)
    {
        var amendments = new List<Amendment>();
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < HeaderLength)
                return null;
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
            var row = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            var column = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
            if (row >= end || (uint)column >= schema.Columns.Length || length > bytes.Length - HeaderLength
                || schema.Columns[column].Kind != (length < 0 ? ColumnKind.Number : ColumnKind.Text))
                return null;
            amendments.Add(new Amendment(
                row, column, length < 0 ? null : bytes.Slice(HeaderLength, length).ToArray(), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..])));
            bytes = bytes[(HeaderLength + Math.Max(0, length))..];
        }

        return amendments;
    }
}
