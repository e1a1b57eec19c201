namespace Writ.Ledger.Recovery;

/// <summary>What is wrong with bytes in a segment, as far as the segment alone shows it.</summary>
internal enum DamageKind
{
    SegmentHeader,
    NewerFormat,
    BatchHeader,
    FrameLength,
    FrameChecksum,
    FramesDigest,
    TouchedLogs,
    Padding,
    BytesAfterEnd,
    Unreadable,
}
