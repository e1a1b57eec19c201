using System.Buffers.Binary;
using System.Text;
using Writ.Crypto.Hashing;

namespace Writ.Ledger.Segments;

/// <summary>The first sector of a segment file that is in use. A file whose first sector is zero is a spare.</summary>
internal sealed record SegmentHeader(
    SegmentKind Kind,
    LedgerId Ledger,
    ulong Number,
    ulong FirstBatch,
    ulong FirstSequence,
    ulong Length,
    Hash256 PreviousBatch,
    string Engine)
{
    private const ulong RecordsMagic = 0x31474553_54495257; // "WRITSEG1"
    private const ulong VaultMagic = 0x31544C56_54495257; // "WRITVLT1"
    private const int EngineOffset = 96;
    private const int EngineLength = 32;
    private const int ChecksumOffset = Format.SegmentHeaderLength - 4;

    /// <summary>The first bytes of a header of a family.</summary>
    public static ReadOnlySpan<byte> MagicOf(SegmentKind kind) => kind == SegmentKind.Records ? "WRITSEG1"u8 : "WRITVLT1"u8;

    public void WriteTo(Span<byte> sector)
    {
        sector = sector[..Format.SegmentHeaderLength];
        sector.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(sector, Kind == SegmentKind.Records ? RecordsMagic : VaultMagic);
        BinaryPrimitives.WriteUInt32LittleEndian(sector[8..], Format.Version);
        BinaryPrimitives.WriteUInt32LittleEndian(sector[12..], Format.SegmentHeaderLength);
        BinaryPrimitives.WriteUInt64LittleEndian(sector[16..], Number);
        BinaryPrimitives.WriteUInt64LittleEndian(sector[24..], FirstBatch);
        BinaryPrimitives.WriteUInt64LittleEndian(sector[32..], FirstSequence);
        BinaryPrimitives.WriteUInt64LittleEndian(sector[40..], Length);
        Ledger.CopyTo(sector[48..]);
        PreviousBatch.CopyTo(sector[64..]);
        Encoding.ASCII.GetBytes(Engine.AsSpan(0, Math.Min(Engine.Length, EngineLength)), sector[EngineOffset..]);
        BinaryPrimitives.WriteUInt32LittleEndian(sector[ChecksumOffset..], Crc32C.Compute(sector[..ChecksumOffset]));
    }

    /// <summary>Reads a header; on failure <paramref name="problem"/> says what was wrong and whether a newer Writ wrote it.</summary>
    public static SegmentHeader? Read(ReadOnlySpan<byte> sector, SegmentKind kind, out HeaderProblem problem)
    {
        problem = HeaderProblem.Damaged;
        var magic = kind == SegmentKind.Records ? RecordsMagic : VaultMagic;
        if (sector.Length < Format.SegmentHeaderLength || BinaryPrimitives.ReadUInt64LittleEndian(sector) != magic)
            return null;
        if (BinaryPrimitives.ReadUInt32LittleEndian(sector[ChecksumOffset..]) != Crc32C.Compute(sector[..ChecksumOffset]))
            return null;

        if (BinaryPrimitives.ReadUInt32LittleEndian(sector[8..]) > Format.Version)
        {
            problem = HeaderProblem.NewerFormat;
            return null;
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(sector[8..]) != Format.Version
            || BinaryPrimitives.ReadUInt32LittleEndian(sector[12..]) != Format.SegmentHeaderLength)
            return null;

        problem = HeaderProblem.None;
        return new SegmentHeader(
            kind,
            new LedgerId(sector.Slice(48, LedgerId.Length)),
            BinaryPrimitives.ReadUInt64LittleEndian(sector[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(sector[24..]),
            BinaryPrimitives.ReadUInt64LittleEndian(sector[32..]),
            BinaryPrimitives.ReadUInt64LittleEndian(sector[40..]),
            new Hash256(sector.Slice(64, Hash256.Length)),
            Encoding.ASCII.GetString(sector.Slice(EngineOffset, EngineLength)).TrimEnd('\0'));
    }
}
