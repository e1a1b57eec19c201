using System.Buffers.Binary;

namespace Writ.Ledger.Columns;

/// <summary>Where a column lies in a block, and what is known of it without reading it.</summary>
/// <param name="Offset">From the block's begin.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Checksum">CRC-32C of its bytes.</param>
/// <param name="Min">The smallest number, or <see cref="IdColumn.ZoneOf"/> of the ids; meaningless for texts.</param>
/// <param name="Max">The largest.</param>
/// <param name="HasValues">False when no row has a value.</param>
/// <param name="IsFull">True when every row has one.</param>
internal readonly record struct ColumnPlace(long Offset, int Length, uint Checksum, long Min, long Max, bool HasValues, bool IsFull)
{
    public const int Bytes = 40;

    public void WriteTo(Span<byte> to)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to, Offset);
        BinaryPrimitives.WriteInt32LittleEndian(to[8..], Length);
        BinaryPrimitives.WriteUInt32LittleEndian(to[12..], Checksum);
        BinaryPrimitives.WriteInt64LittleEndian(to[16..], Min);
        BinaryPrimitives.WriteInt64LittleEndian(to[24..], Max);
        BinaryPrimitives.WriteInt64LittleEndian(to[32..], IsFull ? 2 : HasValues ? 1 : 0);
    }

    public static ColumnPlace Read(ReadOnlySpan<byte> from) => new(
        BinaryPrimitives.ReadInt64LittleEndian(from),
        BinaryPrimitives.ReadInt32LittleEndian(from[8..]),
        BinaryPrimitives.ReadUInt32LittleEndian(from[12..]),
        BinaryPrimitives.ReadInt64LittleEndian(from[16..]),
        BinaryPrimitives.ReadInt64LittleEndian(from[24..]),
        BinaryPrimitives.ReadInt64LittleEndian(from[32..]) != 0,
        BinaryPrimitives.ReadInt64LittleEndian(from[32..]) == 2);
}
