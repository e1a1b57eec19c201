using Writ.Ledger.Hashes;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Recovery;

/// <summary>What one segment file holds.</summary>
internal sealed class ScannedSegment
{
    public required ulong Number { get; init; }

    public required long Length { get; init; }

    /// <summary>Null when the first sector is zero (a spare) or no header (see <see cref="Damage"/>).</summary>
    public SegmentHeader? Header { get; set; }

    /// <summary>True when the whole file is zero: made ahead, not yet used.</summary>
    public bool IsSpare { get; set; }

    /// <summary>The intact batches in the order of their places.</summary>
    public List<ScannedBatch> Batches { get; } = [];

    /// <summary>Where the leaf hashes lie, where the segment is known by its hashes and was not read itself; else null.</summary>
    public IReadOnlyList<LeafRun>? Runs { get; init; }

    /// <summary>Every defect in the order of its place; empty for a sound segment.</summary>
    public List<Damage> Damage { get; } = [];

    /// <summary>Where the first defect begins, or where the zeros after the last batch begin.</summary>
    public long End { get; set; }

    /// <summary>
    /// True when the only defect is at the end and looks like a write that power or a kill cut short: nothing valid follows, and
    /// sectors are missing (zero) where the batch says it has bytes.
    /// </summary>
    public bool HasTornTail { get; set; }

    /// <summary>The number of bytes from <see cref="End"/> to the last that is not zero.</summary>
    public long TailLength { get; set; }
}
