using System.Buffers.Binary;
using Writ.Crypto.Hashing;

namespace Writ.Ledger.Segments;

/// <summary>
/// The head of one group commit. Its hash chains the batches; through <see cref="FramesDigest"/> (lengths, checksums, order) and
/// the roots (contents) it commits to every byte of the batch.
/// </summary>
internal sealed record BatchHeader(
    SegmentKind Kind,
    LedgerId Ledger,
    ulong Number,
    ulong FirstSequence,
    ulong Companion,
    int FrameCount,
    int BodyLength,
    Hash256 PreviousBatch,
    Hash256 FramesDigest,
    ReadOnlyMemory<TouchedLog> Touched)
{
    public const int FixedLength = 128;
    public const int TouchedLength = 48;
    public const int ChecksumLength = 4;

    private const int MostTouched = (int)(Format.MaxSegmentLength / TouchedLength);

    private const uint RecordsMagic = 0x54414257; // "WBAT"
    private const uint VaultMagic = 0x544C5657; // "WVLT"

    /// <summary>The first bytes of a header of a family.</summary>
    public static ReadOnlySpan<byte> MagicOf(SegmentKind kind) => kind == SegmentKind.Records ? "WBAT"u8 : "WVLT"u8;

    public int HeaderLength => LengthFor(Touched.Length);

    /// <summary>Header and frames, padded to whole sectors.</summary>
    public long PaddedLength => Format.AlignToSector((long)HeaderLength + BodyLength);

    /// <summary>Whole sectors, so that frames begin on one and a batch can be written past the cache.</summary>
    public static int LengthFor(int touchedLogs) =>
        (int)Format.AlignToSector(FixedLength + (long)touchedLogs * TouchedLength + ChecksumLength);

    /// <summary>Writes the header into exactly <see cref="HeaderLength"/> bytes and returns the batch's hash.</summary>
    public Hash256 WriteTo(Span<byte> bytes)
    {
        bytes = bytes[..HeaderLength];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Kind == SegmentKind.Records ? RecordsMagic : VaultMagic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], HeaderLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], BodyLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], FrameCount);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], Number);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], FirstSequence);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[32..], Companion);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[40..], Touched.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[44..], 0);
        Ledger.CopyTo(bytes[48..]);
        PreviousBatch.CopyTo(bytes[64..]);
        FramesDigest.CopyTo(bytes[96..]);
        var at = FixedLength;
        foreach (ref readonly var touched in Touched.Span)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[at..], touched.Log);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[(at + 4)..], touched.Count);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[(at + 8)..], touched.Position);
            touched.Root.CopyTo(bytes[(at + 16)..]);
            at += TouchedLength;
        }

        bytes[at..].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[^ChecksumLength..], Crc32C.Compute(bytes[..^ChecksumLength]));
        return Hash256.Of(bytes);
    }

    /// <summary>
    /// The header's length if <paramref name="start"/> begins with the fixed part of a header of this family and its lengths are
    /// possible in <paramref name="room"/> bytes; else 0. Says nothing about its checksum.
    /// </summary>
    public static int PlausibleLength(ReadOnlySpan<byte> start, SegmentKind kind, long room)
    {
        if (start.Length < FixedLength
            || BinaryPrimitives.ReadUInt32LittleEndian(start) != (kind == SegmentKind.Records ? RecordsMagic : VaultMagic))
            return 0;
        long header = BinaryPrimitives.ReadUInt32LittleEndian(start[4..]);
        long body = BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        long frames = BinaryPrimitives.ReadUInt32LittleEndian(start[12..]);
        long touched = BinaryPrimitives.ReadUInt32LittleEndian(start[40..]);
        var possible = touched is >= 1 and <= MostTouched && header == LengthFor((int)touched)
            && frames >= touched
            && body >= frames * (Format.FrameHeaderLength + 1)
            && header + body <= room;
        return possible ? (int)header : 0;
    }

    /// <summary>Reads a header whose bytes are all here; null when its checksum or a field is wrong.</summary>
    public static BatchHeader? Read(ReadOnlySpan<byte> bytes, SegmentKind kind, long room, out Hash256 hash)
    {
        hash = default;
        var length = PlausibleLength(bytes, kind, room);
        if (length == 0 || bytes.Length < length)
            return null;
        bytes = bytes[..length];
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[^ChecksumLength..]) != Crc32C.Compute(bytes[..^ChecksumLength])
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[44..]) != 0)
            return null;

        var touched = new TouchedLog[BinaryPrimitives.ReadInt32LittleEndian(bytes[40..])];
        for (int i = 0, at = FixedLength; i < touched.Length; i++, at += TouchedLength)
        {
            touched[i] = new TouchedLog(
                BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]),
                BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]),
                BinaryPrimitives.ReadUInt64LittleEndian(bytes[(at + 8)..]),
                new Hash256(bytes.Slice(at + 16, Hash256.Length)));
        }

        hash = Hash256.Of(bytes);
        return new BatchHeader(
            kind,
            new LedgerId(bytes.Slice(48, LedgerId.Length)),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            new Hash256(bytes.Slice(64, Hash256.Length)),
            new Hash256(bytes.Slice(96, Hash256.Length)),
            touched);
    }
}
