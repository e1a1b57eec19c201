using System.Buffers.Binary;
using Writ.Crypto.Hashing;

namespace Writ.Ledger.Columns;

/// <summary>The beginning of a block: which rows, of which log, by which schema, and where each column lies. The format is in docs/ledger-format.md.</summary>
internal sealed record BlockHeader
{
    private const int Format = 1;
    private const int DirectoryAt = 128;

    public required ulong FirstRow { get; init; }

    public required int Rows { get; init; }

    public required Hash256 Fingerprint { get; init; }

    /// <summary>The root of the log over all records up to the block's last: an index of another history does not fit.</summary>
    public required Hash256 Root { get; init; }

    public required ColumnPlace Carry { get; init; }

    public required ColumnPlace Amendments { get; init; }

    public required ColumnPlace[] Columns { get; init; }

    private static ReadOnlySpan<byte> Magic => "WRITCOL1"u8;

    public static int LengthOf(int columns) => DirectoryAt + ((columns + 2) * ColumnPlace.Bytes) + 8;

    public byte[] ToBytes()
    {
        var bytes = new byte[LengthOf(Columns.Length)];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Format);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), bytes.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), FirstRow);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), Rows);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), Columns.Length);
        Fingerprint.Bytes.CopyTo(bytes.AsSpan(32));
        Root.Bytes.CopyTo(bytes.AsSpan(64));
        var at = DirectoryAt;
        foreach (var place in (ReadOnlySpan<ColumnPlace>)[Carry, Amendments, .. Columns])
        {
            place.WriteTo(bytes.AsSpan(at));
            at += ColumnPlace.Bytes;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), Crc32C.Compute(bytes.AsSpan(0, at)));
        return bytes;
    }

    /// <summary>Null when the bytes are no whole header of a block of this schema.</summary>
    public static BlockHeader? Read(ReadOnlySpan<byte> bytes, ColumnSchema schema)
    {
        var length = LengthOf(schema.Columns.Length);
        if (bytes.Length < length
            || !bytes.StartsWith(Magic)
            || BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) != Format
            || BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]) != length
            || BinaryPrimitives.ReadInt32LittleEndian(bytes[28..]) != schema.Columns.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[(length - 8)..]) != Crc32C.Compute(bytes[..(length - 8)])
            || new Hash256(bytes.Slice(32, Hash256.Length)) != schema.Fingerprint)
            return null;
        var places = new ColumnPlace[schema.Columns.Length + 2];
        for (var i = 0; i < places.Length; i++)
            places[i] = ColumnPlace.Read(bytes[(DirectoryAt + (i * ColumnPlace.Bytes))..]);
        return new BlockHeader
        {
            FirstRow = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
            Rows = BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]),
            Fingerprint = schema.Fingerprint,
            Root = new Hash256(bytes.Slice(64, Hash256.Length)),
            Carry = places[0],
            Amendments = places[1],
            Columns = places[2..],
        };
    }
}
