using Writ.Crypto.Hashing;
using Writ.Ledger.Disks;

namespace Writ.Ledger.Segments;

/// <summary>
/// Where the next batch of one family goes, and how much room there is before the reserve. Owned by the framing step; the
/// writing step only writes at the places it was given, in the order they were given.
/// </summary>
internal sealed class SegmentSpace(SegmentFolder folder, SpareSegments spares, LedgerId ledger, long reserve, string engine)
{
    private IDiskFile? _file;
    private ulong _number;
    private long _offset;
    private long _length;

    /// <summary>The hash of the last batch framed; zero before the first.</summary>
    public Hash256 PreviousBatch { get; private set; }

    /// <summary>The number of the next batch; the first is 1.</summary>
    public ulong NextBatch { get; private set; } = 1;

    /// <summary>The sequence of the next frame; the first is 0.</summary>
    public ulong NextSequence { get; private set; }

    private long Remaining => _length - _offset;

    /// <summary>Goes on where recovery found the end.</summary>
    public void Resume(IDiskFile? file, ulong number, long offset, long length, ulong nextBatch, ulong nextSequence, Hash256 previous)
    {
        (_file, _number, _offset, _length) = (file, number, offset, length);
        (NextBatch, NextSequence, PreviousBatch) = (nextBatch, nextSequence, previous);
    }

    /// <summary>
    /// The room a batch wanting <paramref name="need"/> bytes may use, waiting for a spare that is being made. When it is less than
    /// the need, the disk is full: what is not admitted is refused now.
    /// </summary>
    public BatchRoom RoomFor(long need)
    {
        while (true)
        {
            var fits = need <= Remaining;
            var ready = spares.Ready;
            var contiguous = fits ? Remaining : Math.Max(Remaining, ready.NextBytes);
            var wasted = fits || contiguous == Remaining ? 0 : Remaining;
            var beforeReserve = Math.Min(contiguous, Remaining - wasted + ready.Bytes - reserve);
            if (need > beforeReserve && spares.WaitForMoreThan(ready.Count))
                continue;
            var fault = spares.Ready.Fault;
            if (need > beforeReserve)
                spares.TryAgain();
            return new BatchRoom(contiguous, Math.Max(0, beforeReserve), fault);
        }
    }

    /// <summary>Gives a batch its place, opening the next segment when it does not fit in the current one. Room was asked for before.</summary>
    public BatchPlace Place(long paddedLength)
    {
        AlignedMemory? header = null;
        IDiskFile? retired = null;
        if (paddedLength > Remaining)
        {
            var spare = spares.TryTake() ?? throw new InvalidOperationException("a batch was framed without room for it");
            var bytes = new AlignedMemory(Format.SegmentHeaderLength);
            new SegmentHeader(folder.Kind, ledger, spare.Number, NextBatch, NextSequence, (ulong)spare.Length, PreviousBatch, engine)
                .WriteTo(bytes.Span);
            header = bytes;
            retired = _file;
            (_file, _number, _offset, _length) = (spare.File, spare.Number, Format.SegmentHeaderLength, spare.Length);
        }

        var place = new BatchPlace(_file!, _number, _offset, header, retired);
        _offset += paddedLength;
        return place;
    }

    /// <summary>Takes note of the batch just framed.</summary>
    public void Advance(in Hash256 batchHash, int frames)
    {
        PreviousBatch = batchHash;
        NextBatch++;
        NextSequence += (ulong)frames;
    }

    /// <summary>Stops making spares and closes the files. Nothing may be framed or written any more.</summary>
    public void Close()
    {
        spares.Dispose();
        _file?.Dispose();
    }
}
