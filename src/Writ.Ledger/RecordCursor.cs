using Writ.Ledger.Reading;
using Writ.Ledger.Segments;

namespace Writ.Ledger;

/// <summary>
/// Streams the records of one log in order, up to the log's size when the cursor was made. Use from one thread, and look at
/// <see cref="Fault"/> when it ends: an enumeration that met a fault ends early. Dispose it.
/// </summary>
public sealed class RecordCursor : IDisposable
{
    private const int ReadAhead = 1024 * 1024;

    private readonly BatchFrames _frames;
    private readonly ulong _end;
    private ulong _next;
    private readonly ulong _wanted;
    private readonly LedgerFault? _fault;
    private bool _ended;

    internal RecordCursor(SegmentFolder folder, BatchIndex index, uint log, ulong start, ulong end, int readAhead = ReadAhead, LedgerFault? fault = null)
    {
        _fault = start < end ? fault : null;
        _frames = new BatchFrames(folder, index, log, readAhead);
        _end = end;
        _wanted = start;
        var slot = start < end ? index.SlotOf(start) : -1;
        _ended = _fault is not null | !index.TryGet(slot, out var location);
        _next = location.FirstIndex;
        _frames.SeekBatch(slot);
    }

    /// <summary>The record found last. Its bytes are valid until the next <see cref="MoveNext"/> or <see cref="Dispose"/>.</summary>
    public LedgerRecord Current { get; private set; }

    /// <summary>Why the enumeration ended before the log's end; null when it did not.</summary>
    public LedgerFault? Fault => _fault ?? _frames.Fault;

    /// <summary>Moves to the next record; false at the end or on a fault.</summary>
    public bool MoveNext()
    {
        while (!_ended && _next < _end && _frames.MoveNext(passOver: _next < _wanted))
        {
            var index = _next++;
            if (index < _wanted)
                continue;
            Current = new LedgerRecord(index, _frames.Frame[Format.FrameHeaderLength..]);
            return true;
        }

        _ended = true;
        Current = default;
        return false;
    }

    /// <summary>This cursor, so that <c>foreach</c> works on it.</summary>
    public RecordCursor GetEnumerator() => this;

    /// <summary>Closes the file it reads.</summary>
    public void Dispose() => _frames.Dispose();
}
