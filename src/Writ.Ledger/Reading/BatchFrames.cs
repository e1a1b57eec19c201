using System.Buffers.Binary;
using Writ.Ledger.Disks;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Reading;

/// <summary>
/// Walks the frames of one log, batch by batch, in the file family it is given. Checks each frame's checksum; the chain and the
/// roots were checked at open and are checked again by verification. Not thread safe.
/// </summary>
internal sealed class BatchFrames(SegmentFolder folder, BatchIndex index, uint log, int readAhead) : IDisposable
{
    private readonly SegmentWindow _window = new(folder, readAhead);
    private int _slot;
    private long _at;
    private long _end;

    public BatchLocation Location { get; private set; }

    /// <summary>The frame found last, header included; valid until the next move.</summary>
    public ReadOnlyMemory<byte> Frame { get; private set; }

    public LedgerFault? Fault { get; private set; }

    /// <summary>Starts before the batch in <paramref name="slot"/>.</summary>
    public void SeekBatch(int slot) => (_slot, _at, _end) = (slot, 0, 0);

    /// <summary>Moves to the next frame of the log; false at the end or on a fault.</summary>
    /// <param name="passOver">Whether the frame is only counted: it is then neither read whole nor checked.</param>
    public bool MoveNext(bool passOver = false)
    {
        while (true)
        {
            while (_at == _end)
            {
                if (!index.TryGet(_slot, out var location) || !Load(location))
                    return false;
                _slot++;
            }

            var header = _window.Get(Location.Segment, _at, Format.FrameHeaderLength, out var fault);
            if (fault is not null || header.Length < Format.FrameHeaderLength)
                return Fail(fault?.ToString() ?? "the segment ends inside a batch");
            var length = Segments.Frame.TotalLengthAt(header, _end - _at);
            if (length < 0)
                return Fail("a frame's length is impossible");
            var (at, isOurs) = (_at, Segments.Frame.LogAt(header) == log);
            _at += length;
            if (!isOurs)
                continue;
            if (passOver)
                return true;
            var frame = _window.GetMemory(Location.Segment, at, length, out fault);
            if (fault is not null || frame.Length != length)
                return Fail(fault?.ToString() ?? "the segment ends inside a batch");
            if (!Segments.Frame.IsIntact(frame.Span) && !(folder.Kind == SegmentKind.Vault && PrunedFrame.Is(frame.Span)))
                return Fail("a frame's checksum is wrong");
            Frame = frame;
            return true;
        }
    }

    public void Dispose() => _window.Dispose();

    private bool Load(in BatchLocation location)
    {
        Location = location;
        var room = _window.Open(location.Segment, out var fileLength) is null ? fileLength - location.Offset : 0;
        var start = _window.Get(location.Segment, location.Offset, BatchHeader.FixedLength, out var fault);
        var header = BatchHeader.PlausibleLength(start, folder.Kind, room);
        if (fault is not null || header == 0)
            return Fail(fault?.ToString() ?? "no batch header where one was written");
        _at = location.Offset + header;
        _end = _at + BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        return true;
    }

    private bool Fail(string what)
    {
        Fault = new LedgerFault(
            LedgerFaultKind.ReadFailed,
            $"{folder.PathOf(Location.Segment)}, batch at {Location.Offset}: {what}; run 'writ ledger verify' on the folder");
        return false;
    }
}
