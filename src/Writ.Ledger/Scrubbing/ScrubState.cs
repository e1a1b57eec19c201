using Writ.Ledger.Verification;

namespace Writ.Ledger.Scrubbing;

/// <summary>How far the reading of old segments is, and what it found. Immutable.</summary>
public sealed record ScrubState
{
    /// <summary>The most findings that are kept; <see cref="DamagedSegments"/> goes on counting.</summary>
    public const int MostFindings = 100;

    /// <summary>How many full segments there are, of records and payloads together.</summary>
    public ulong SealedSegments { get; init; }

    /// <summary>How many of them were read in the pass that is under way; all of them between two passes.</summary>
    public ulong SegmentsRead { get; init; }

    /// <summary>When the pass that is under way began; null between two passes.</summary>
    public DateTimeOffset? PassBeganAt { get; init; }

    /// <summary>When the last whole pass ended; null before the first.</summary>
    public DateTimeOffset? LastPassEndedAt { get; init; }

    /// <summary>How many segments had damage when they were read last.</summary>
    public int DamagedSegments { get; init; }

    /// <summary>What was found in them, with file and place.</summary>
    public IReadOnlyList<Finding> Damage { get; init; } = [];

    /// <summary>WRIT2100 while there is damage; else null.</summary>
    public LedgerFault? Fault => Damage.Count == 0
        ? null
        : new LedgerFault(LedgerFaultKind.SegmentDamaged, $"{DamagedSegments} old segments are no longer what was written: {Damage[0].File} at byte {Damage[0].Offset} first");
}
