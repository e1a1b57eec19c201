using Writ.Ledger.Segments;

namespace Writ.Ledger.Writing;

/// <summary>The bounds of one batch, chosen so that a full one fits into half a segment of its family.</summary>
internal sealed record BatchLimits(int Count, int RecordBytes, int PayloadBytes, int TouchedLogs)
{
    private const int MostTouchedLogs = 4096;

    /// <summary>The longest header a batch can have.</summary>
    public int Headroom => BatchHeader.LengthFor(TouchedLogs);

    public static BatchLimits From(LedgerOptions options)
    {
        var logs = (int)Math.Min(MostTouchedLogs, options.SegmentBytes / 16 / BatchHeader.TouchedLength);
        var header = BatchHeader.LengthFor(logs) + Format.Sector;
        return new BatchLimits(
            options.QueueCount,
            (int)Math.Min(options.QueueBytes, options.SegmentBytes / 2 - header),
            (int)Math.Min(Math.Max(options.PayloadQueueBytes, options.MaxPayloadBytes + 64L), options.VaultSegmentBytes / 2 - header),
            logs);
    }
}
