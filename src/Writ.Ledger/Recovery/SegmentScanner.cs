using Writ.Crypto.Hashing;
using Writ.Ledger.Disks;
using Writ.Ledger.Reading;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Recovery;

/// <summary>
/// Reads one segment file from its first to its last byte and accounts for each of them: headers, frames, padding, zeros. Trusts
/// nothing and keeps nothing between segments. Recovery and verification both stand on it. Not thread safe.
/// </summary>
internal sealed class SegmentScanner(SegmentFolder folder) : IDisposable
{
    private const int ReadAhead = 4 * 1024 * 1024;

    private readonly SegmentWindow _window = new(folder, ReadAhead);
    private LeafSlice[] _slices = [];
    private byte[] _frameHeaders = [];

    public ScannedSegment Scan(ulong number)
    {
        var fault = _window.Open(number, out var length);
        var segment = new ScannedSegment { Number = number, Length = length };
        if (fault is not null)
        {
            segment.Damage.Add(new Damage(DamageKind.Unreadable, 0, fault.ToString()));
            return segment;
        }

        if (ReadSegmentHeader(segment) && ScanBatches(segment))
            return segment;

        // A defect that reaches to the end of what is written may be a torn write; anything else is damage.
        segment.HasTornTail = segment.Damage.TrueForAll(d => d.Kind is not (DamageKind.Unreadable or DamageKind.NewerFormat or DamageKind.Padding))
            && segment.Batches.TrueForAll(b => b.Offset < segment.End)
            && LooksTorn(segment);
        return segment;
    }

    public void Dispose() => _window.Dispose();

    private bool ReadSegmentHeader(ScannedSegment segment)
    {
        var sector = Bytes(segment, 0, Format.SegmentHeaderLength);
        if (!sector.ContainsAnyExcept((byte)0))
        {
            segment.TailLength = LastNonZero(segment, 0);
            segment.IsSpare = segment.TailLength == 0;
            if (!segment.IsSpare)
                segment.Damage.Add(new Damage(DamageKind.SegmentHeader, 0, "there are bytes but no segment header"));
            return segment.IsSpare;
        }

        segment.Header = SegmentHeader.Read(sector, folder.Kind, out var problem);
        if (segment.Header is not null)
        {
            segment.End = Format.SegmentHeaderLength;
            return true;
        }

        segment.TailLength = LastNonZero(segment, 0);
        segment.Damage.Add(problem == HeaderProblem.NewerFormat
            ? new Damage(DamageKind.NewerFormat, 0, "a newer version of Writ wrote this segment")
            : new Damage(DamageKind.SegmentHeader, 0, "the segment header is damaged"));
        return false;
    }

    /// <summary>True when nothing is wrong.</summary>
    private bool ScanBatches(ScannedSegment segment)
    {
        var offset = segment.End;
        while (offset < segment.Length)
        {
            var next = ScanBatch(segment, offset);
            if (segment.Damage.Count == 0)
                segment.End = next;
            if (next > offset)
            {
                offset = next;
                continue;
            }

            var end = LastNonZero(segment, offset);
            if (end == offset)
                break;
            segment.TailLength = segment.Damage.Count == 0 ? end - offset : segment.TailLength;
            var later = FindBatch(segment, offset + Format.Sector, end);
            segment.Damage.Add(later < 0
                ? new Damage(DamageKind.BytesAfterEnd, offset, $"{end - offset} bytes that are no batch")
                : new Damage(DamageKind.BatchHeader, offset, $"no batch header, yet a batch follows at {later}"));
            if (later < 0)
                break;
            offset = later;
        }

        if (segment.Damage.Count > 0 && segment.TailLength == 0)
            segment.TailLength = LastNonZero(segment, segment.End) - segment.End;
        return segment.Damage.Count == 0;
    }

    /// <summary>Reads the batch at <paramref name="offset"/> and returns where the next would be; the same offset when no header is here.</summary>
    private long ScanBatch(ScannedSegment segment, long offset)
    {
        var header = ReadHeader(segment, offset, out var hash);
        if (header is null)
            return offset;

        var next = offset + header.PaddedLength;
        var whole = Bytes(segment, offset, (int)Math.Min(header.PaddedLength, segment.Length - offset));
        var body = whole.Slice(header.HeaderLength, header.BodyLength);
        if (whole[(header.HeaderLength + header.BodyLength)..].ContainsAnyExcept((byte)0))
            segment.Damage.Add(new Damage(DamageKind.Padding, offset, $"batch {header.Number} has bytes in its padding"));
        if (ReadFrames(segment, offset, header, hash, body) is { } batch)
            segment.Batches.Add(batch);
        return next;
    }

    private ScannedBatch? ReadFrames(ScannedSegment segment, long offset, BatchHeader header, in Hash256 hash, ReadOnlySpan<byte> body)
    {
        Damage Located(DamageKind kind, int at, string what) =>
            new(kind, offset + header.HeaderLength + at, $"batch {header.Number}: {what}");

        EnsureRoom(header.FrameCount);
        var logs = header.Touched.Length == 1 ? [] : new uint[header.FrameCount];
        var onlyLog = header.Touched.Span[0].Log;
        var catalog = new List<byte[]>();
        var pruned = new List<(uint, ulong)>();
        var intact = true;
        var at = 0;
        for (var i = 0; i < header.FrameCount; i++)
        {
            var length = Frame.TotalLengthAt(body[at..]);
            if (length < 0)
            {
                segment.Damage.Add(Located(DamageKind.FrameLength, at, $"frame {i} has an impossible length"));
                return null;
            }

            var frame = body.Slice(at, length);
            if (!Frame.IsIntact(frame) && folder.Kind == SegmentKind.Vault && PrunedFrame.Is(frame))
            {
                pruned.Add((Frame.LogAt(frame), VaultFrame.IndexOf(frame)));
            }
            else if (!Frame.IsIntact(frame))
            {
                segment.Damage.Add(Located(DamageKind.FrameChecksum, at, $"frame {i} does not have its checksum"));
                intact = false;
            }

            var log = Frame.LogAt(frame);
            if (logs.Length > 0)
                logs[i] = log;
            else if (log != onlyLog && intact)
                return Reject(segment, Located(DamageKind.TouchedLogs, at, $"frame {i} is of log {log}, which the header does not name"));
            if (log == Format.CatalogLog && folder.Kind == SegmentKind.Records)
                catalog.Add(frame[Format.FrameHeaderLength..].ToArray());
            frame[..Format.FrameHeaderLength].CopyTo(_frameHeaders.AsSpan(i * Format.FrameHeaderLength));
            _slices[i] = new LeafSlice(at + Format.FrameHeaderLength, length - Format.FrameHeaderLength);
            at += length;
        }

        if (at != body.Length)
            return Reject(segment, Located(DamageKind.FrameLength, at, "bytes are left after the last frame"));
        if (!intact)
            return null;
        if (Hash256.Of(_frameHeaders.AsSpan(0, header.FrameCount * Format.FrameHeaderLength)) != header.FramesDigest)
            return Reject(segment, Located(DamageKind.FramesDigest, 0, "the frames are not those the header commits to"));

        var leaves = folder.Kind == SegmentKind.Records ? new Hash256[header.FrameCount] : [];
        if (leaves.Length > 0)
            MerkleHash.Leaves(body, _slices.AsSpan(0, leaves.Length), leaves);
        return new ScannedBatch { Offset = offset, Header = header, Hash = hash, Leaves = leaves, Logs = logs, Catalog = catalog, Pruned = pruned };
    }

    private static ScannedBatch? Reject(ScannedSegment segment, Damage damage)
    {
        segment.Damage.Add(damage);
        return null;
    }

    private BatchHeader? ReadHeader(ScannedSegment segment, long offset, out Hash256 hash)
    {
        hash = default;
        var room = segment.Length - offset;
        var start = Bytes(segment, offset, BatchHeader.FixedLength);
        var length = BatchHeader.PlausibleLength(start, folder.Kind, room);
        if (length == 0)
            return null;
        var header = BatchHeader.Read(Bytes(segment, offset, length), folder.Kind, room, out hash);
        // A header with another ledger's id is bytes inside a record, or a foreign file.
        return header is not null && header.Ledger == segment.Header!.Ledger ? header : null;
    }

    private long FindBatch(ScannedSegment segment, long from, long end)
    {
        for (var offset = from; offset < end; offset += Format.Sector)
        {
            if (ReadHeader(segment, offset, out _) is not null)
                return offset;
        }

        return -1;
    }

    /// <summary>Whether sectors never came, as disks lose them, or only the first bytes did, as a write that is cut short leaves it.</summary>
    private bool LooksTorn(ScannedSegment segment)
    {
        var end = segment.End + segment.TailLength;
        if (segment.Header is null)
            return segment.Damage[0].Kind == DamageKind.SegmentHeader
                && (IsZeroSector(segment, 0) || IsHeaderCutShort(segment, SegmentHeader.MagicOf(folder.Kind), Format.SegmentHeaderLength));
        if (ReadHeader(segment, segment.End, out _) is { } header)
            return end <= segment.End + header.PaddedLength
                && (HasZeroSector(segment, segment.End, header.HeaderLength + header.BodyLength) || AreFramesCutShort(segment, header));
        // Without a header: its first sector never came, or a later sector of a long one.
        var length = BatchHeader.PlausibleLength(Bytes(segment, segment.End, BatchHeader.FixedLength), folder.Kind, segment.Length - segment.End);
        return IsZeroSector(segment, segment.End) || (length > 0 && HasZeroSector(segment, segment.End, length))
            || IsHeaderCutShort(segment, BatchHeader.MagicOf(folder.Kind), Math.Max(length, Format.Sector));
    }

    private bool IsHeaderCutShort(ScannedSegment segment, ReadOnlySpan<byte> magic, int length) =>
        segment.TailLength < length && CutShort.IsHeader(Bytes(segment, segment.End, (int)segment.TailLength), magic, length);

    private bool AreFramesCutShort(ScannedSegment segment, BatchHeader header) => CutShort.AreFrames(
        Bytes(segment, segment.End + header.HeaderLength, header.BodyLength), (int)Math.Max(0, segment.TailLength - header.HeaderLength), folder.Kind);

    private bool HasZeroSector(ScannedSegment segment, long start, long length)
    {
        for (var offset = start; offset < start + length; offset += Format.Sector)
        {
            if (IsZeroSector(segment, offset))
                return true;
        }

        return false;
    }

    private bool IsZeroSector(ScannedSegment segment, long offset) =>
        !Bytes(segment, offset, Format.Sector).ContainsAnyExcept((byte)0);

    /// <summary>The place after the last byte that is not zero, at least <paramref name="from"/>.</summary>
    private long LastNonZero(ScannedSegment segment, long from)
    {
        var last = from;
        for (var offset = from; offset < segment.Length; offset += ReadAhead)
        {
            var bytes = Bytes(segment, offset, (int)Math.Min(ReadAhead, segment.Length - offset));
            var at = bytes.LastIndexOfAnyExcept((byte)0);
            if (at >= 0)
                last = offset + at + 1;
        }

        return last;
    }

    private ReadOnlySpan<byte> Bytes(ScannedSegment segment, long offset, int length)
    {
        var bytes = _window.Get(segment.Number, offset, length, out var fault);
        if (fault is not null && segment.Damage.TrueForAll(d => d.Kind != DamageKind.Unreadable))
            segment.Damage.Insert(0, new Damage(DamageKind.Unreadable, offset, fault.ToString()));
        return bytes;
    }

    private void EnsureRoom(int frames)
    {
        if (_slices.Length >= frames)
            return;
        _slices = new LeafSlice[frames * 2];
        _frameHeaders = new byte[frames * 2 * Format.FrameHeaderLength];
    }
}
