using Writ.Ledger.Segments;

namespace Writ.Ledger.Writing;

/// <summary>
/// Frames in a row, with room before them for a batch header (whose length is known last) and after them for padding, so that a
/// batch leaves in one write, straight from this memory to the disk. Grows up to its bound. Not thread safe.
/// </summary>
/// <param name="headroom">The longest header, in whole sectors.</param>
/// <param name="bound">The most bytes of frames.</param>
internal sealed class FrameBuffer(int headroom, int bound)
{
    private const int FirstLength = 64 * 1024;

    private AlignedMemory _memory = new(headroom + Math.Min(FirstLength, bound) + Format.Sector);

    /// <summary>How many bytes of frames there are.</summary>
    public int Length { get; private set; }

    public Span<byte> Frames => _memory.Span.Slice(headroom, Length);

    /// <summary>Takes room for a frame, growing if needed; -1 when the bound is reached.</summary>
    public int Reserve(int length)
    {
        if (length > bound - Length)
            return -1;
        var needed = headroom + Length + length + Format.Sector;
        if (needed > _memory.Length)
        {
            var larger = new AlignedMemory((int)Math.Min(Math.Max(2L * _memory.Length, needed), (long)headroom + bound + Format.Sector));
            Frames.CopyTo(larger.Span[headroom..]);
            _memory = larger;
        }

        var offset = Length;
        Length += length;
        return offset;
    }

    /// <summary>Gives back the frames after the first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Moves a frame down over frames that were refused.</summary>
    public void Move(int from, int to, int length) =>
        Frames.Slice(from, length).CopyTo(Frames[to..]);

    /// <summary>The whole batch: <paramref name="headerLength"/> bytes for the header, the frames, zeros up to a whole sector.</summary>
    public Span<byte> Batch(int headerLength)
    {
        var padded = (int)Format.AlignToSector(headerLength + Length);
        var batch = _memory.Span.Slice(headroom - headerLength, padded);
        batch[(headerLength + Length)..].Clear();
        return batch;
    }
}
