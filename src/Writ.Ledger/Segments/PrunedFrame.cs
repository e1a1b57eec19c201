namespace Writ.Ledger.Segments;

/// <summary>
/// A vault frame whose payload was removed on purpose: header and record index stay, so that the batch still has the digest it is chained by;
/// every other byte is overwritten with one text over and over, which no failing disk writes.
/// </summary>
internal static class PrunedFrame
{
    private const int PayloadAt = Format.FrameHeaderLength + VaultFrame.IndexLength;

    private static ReadOnlySpan<byte> Text => "PRUNED BY WRIT. "u8;

    /// <summary>Overwrites the payload of a whole frame.</summary>
    public static void Prune(Span<byte> frame)
    {
        var payload = frame[PayloadAt..];
        for (var i = 0; i < payload.Length; i++)
            payload[i] = Text[i % Text.Length];
    }

    /// <summary>Whether a whole frame was pruned.</summary>
    public static bool Is(ReadOnlySpan<byte> frame)
    {
        if (frame.Length <= PayloadAt)
            return false;
        var payload = frame[PayloadAt..];
        for (var i = 0; i < payload.Length; i++)
        {
            if (payload[i] != Text[i % Text.Length])
                return false;
        }

        return true;
    }
}
