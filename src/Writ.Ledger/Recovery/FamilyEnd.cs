using Writ.Ledger.Hashes;

namespace Writ.Ledger.Recovery;

/// <summary>Where a file family ends, and what is to be done before it may go on.</summary>
internal sealed class FamilyEnd
{
    /// <summary>The segment to append to; 0 when there is none yet.</summary>
    public ulong ActiveSegment { get; set; }

    public long ActiveOffset { get; set; }

    public long ActiveLength { get; set; }

    /// <summary>Where the last batch of the active segment begins; 0 for a segment with its header alone.</summary>
    public long LastBatchOffset { get; set; }

    public int UsedSegments { get; set; }

    /// <summary>The number of the next segment file to be made or taken.</summary>
    public ulong NextSegment { get; set; } = 1;

    /// <summary>Zeroed files of the right length, ready to use, in order from <see cref="NextSegment"/>.</summary>
    public List<(ulong Number, long Length)> Spares { get; } = [];

    /// <summary>Ranges to overwrite with zeros: what a crash left of a batch that was never acknowledged.</summary>
    public List<(ulong Segment, long Offset, long Length)> Wipes { get; } = [];

    /// <summary>Unfinished files and spares of another length: removed.</summary>
    public List<string> Leftovers { get; } = [];

    /// <summary>Segments that were not read, because their hashes are known, and where those lie.</summary>
    public List<(ulong Number, IReadOnlyList<LeafRun> Runs)> Hashed { get; } = [];

    /// <summary>How many segments from the first on are gone on purpose.</summary>
    public ulong PrunedSegments { get; set; }

    /// <summary>Files of hashes that are not believed: put aside.</summary>
    public List<string> RefusedHashes { get; } = [];

    public long WipedBytes => Wipes.Sum(w => w.Length);
}
