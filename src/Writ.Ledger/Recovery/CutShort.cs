using Writ.Ledger.Segments;

namespace Writ.Ledger.Recovery;

/// <summary>
/// Tells a write of which only the first bytes came from one that was altered later: it ends in zeros before its own end, and what lies
/// wholly before them is intact.
/// </summary>
internal static class CutShort
{
    /// <summary>Whether these bytes, up to the last that is not zero, begin a header of so many bytes that never came whole.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> written, ReadOnlySpan<byte> magic, int length)
    {
        var begun = Math.Min(written.Length, magic.Length);
        return written.Length > 0 && written.Length < length && written[..begun].SequenceEqual(magic[..begun]);
    }

    /// <summary>Whether a batch's frames were written up to <paramref name="written"/> bytes and no further.</summary>
    public static bool AreFrames(ReadOnlySpan<byte> body, int written, SegmentKind kind)
    {
        if (written >= body.Length)
            return false;
        for (var at = 0; at + Format.FrameHeaderLength <= written;)
        {
            var length = Frame.TotalLengthAt(body[at..]);
            if (length < 0)
                return false;
            if (at + length > written)
                break;
            var frame = body.Slice(at, length);
            if (!Frame.IsIntact(frame) && !(kind == SegmentKind.Vault && PrunedFrame.Is(frame)))
                return false;
            at += length;
        }

        return true;
    }
}
