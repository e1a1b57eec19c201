using Writ.Ledger.Segments;

namespace Writ.Ledger.Writing;

/// <summary>
/// Frames in a row, with room before them for a batch header (whose length is known last) and after them for padding, so that a
/// batch leaves in one write. Grows up to its bound. Not thread safe.
/// </summary>
internal sealed class FrameBuffer(int headroom, int bound)
{
    private const int FirstLength = 64 * 1024;
    private const int Trailer = Format.Sector + Format.Page;

    private byte[] _bytes = new byte[headroom + Math.Min(FirstLength, bound) + Trailer];

    /// <summary>How many bytes of frames there are.</summary>
    public int Length { get; private set; }

    public Span<byte> Frames => _bytes.AsSpan(headroom, Length);

    /// <summary>Takes room for a frame, growing if needed; -1 when the bound is reached.</summary>
    public int Reserve(int length)
    {
        if (length > bound - Length)
            return -1;
        var needed = headroom + Length + length + Trailer;
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(2L * _bytes.Length, needed), (long)headroom + bound + Trailer));
        var offset = Length;
        Length += length;
        return offset;
    }

    /// <summary>Gives back the frames after the first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Moves a frame down over frames that were refused.</summary>
    public void Move(int from, int to, int length) =>
        _bytes.AsSpan(headroom + from, length).CopyTo(_bytes.AsSpan(headroom + to));

    /// <summary>
    /// The whole batch for a place in the file: <paramref name="headerLength"/> bytes for the header, the frames, and zeros up to the
    /// end of the page. Zeros are there already; writing whole pages spares the system reading them first.
    /// </summary>
    public Span<byte> Batch(int headerLength, long offset)
    {
        var end = Format.AlignToPage(offset + headerLength + Length);
        var batch = _bytes.AsSpan(headroom - headerLength, (int)(end - offset));
        batch[(headerLength + Length)..].Clear();
        return batch;
    }
}
