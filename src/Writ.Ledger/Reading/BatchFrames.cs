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
    private ReadOnlyMemory<byte> _body;

    public BatchLocation Location { get; private set; }

    /// <summary>The frame found last, header included; valid until the next move.</summary>
    public ReadOnlyMemory<byte> Frame { get; private set; }

    public LedgerFault? Fault { get; private set; }

    /// <summary>Starts before the batch in <paramref name="slot"/>.</summary>
    public void SeekBatch(int slot) => (_slot, _body) = (slot, default);

    /// <summary>Moves to the next frame of the log; false at the end or on a fault.</summary>
    public bool MoveNext()
    {
        while (true)
        {
            while (_body.IsEmpty)
            {
                if (!index.TryGet(_slot, out var location) || !Load(location))
                    return false;
                _slot++;
            }

            var length = Segments.Frame.TotalLengthAt(_body.Span);
            if (length < 0)
                return Fail("a frame's length is impossible");
            var frame = _body[..length];
            _body = _body[length..];
            if (Segments.Frame.LogAt(frame.Span) != log)
                continue;
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
        var body = BinaryPrimitives.ReadInt32LittleEndian(start[8..]);
        var whole = _window.GetMemory(location.Segment, location.Offset, header + body, out fault);
        if (fault is not null || whole.Length != header + body)
            return Fail(fault?.ToString() ?? "the segment ends inside a batch");
        _body = whole[header..];
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
