using Writ.Crypto.Hashing;
using Writ.Ledger.Merkle;
using Writ.Ledger.Recovery;
using Writ.Ledger.Segments;
using Writ.Ledger.Verification;

namespace Writ.Ledger.Scrubbing;

/// <summary>
/// Reads one full segment of an open ledger from its first to its last byte and holds it against its neighbour and against what the
/// process has in memory: frames and checksums, the chain up to the next segment's header, sequences, and for records the root after
/// every batch, grown from the tree as it was before the segment. Needs no other segment, so that a pass can begin anywhere. Not thread
/// safe.
/// </summary>
internal sealed class SealedSegmentCheck(MerkleLedger ledger, SegmentFolder folder) : IDisposable
{
    private readonly SegmentScanner _scanner = new(folder);
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<uint, (ulong Size, Hash256 Root)> _ends = [];
    private string _file = "";

    public CheckedSegment Check(ulong number)
    {
        _findings.Clear();
        _ends.Clear();
        _file = Path.Combine(Path.GetFileName(folder.Path), folder.NameOf(number));
        var segment = _scanner.Scan(number);
        foreach (var damage in segment.Damage)
            Find(damage.Kind.ToFinding(), damage.Offset, damage.Detail);
        if (segment.IsSpare)
            Find(FindingKind.SegmentHeader, 0, "the segment was full and is all zero");
        if (segment.Header is { } header)
        {
            CheckHeader(header, segment);
            if (_findings.Count == 0)
                CheckChain(header, segment);
            if (_findings.Count == 0 && folder.Kind == SegmentKind.Records)
                CheckRoots(segment);
        }

        return new CheckedSegment(segment.Header, segment.Batches, new Dictionary<uint, (ulong, Hash256)>(_ends), [.. _findings]);
    }

    public void Dispose() => _scanner.Dispose();

    private void CheckHeader(SegmentHeader header, ScannedSegment segment)
    {
        if (header.Number != segment.Number || (long)header.Length != segment.Length)
            Find(FindingKind.SegmentHeader, 0, $"the header says segment {header.Number} of {header.Length} bytes, the file has {segment.Length}");
        if (header.Ledger != ledger.Id)
            Find(FindingKind.SegmentHeader, 0, "the segment belongs to another ledger");
    }

    private void CheckChain(SegmentHeader header, ScannedSegment segment)
    {
        var (batch, hash, sequence) = (header.FirstBatch, header.PreviousBatch, header.FirstSequence);
        foreach (var scanned in segment.Batches)
        {
            if (scanned.Header.Number != batch || scanned.Header.PreviousBatch != hash || scanned.Header.FirstSequence != sequence)
                Find(FindingKind.ChainBroken, scanned.Offset, $"batch {scanned.Header.Number} does not follow the one before");
            (batch, hash) = (scanned.Header.Number + 1, scanned.Hash);
            sequence = scanned.Header.FirstSequence + (ulong)scanned.Header.FrameCount;
        }

        // A full segment has one after it, whose header names the last batch of this one.
        var next = ReadHeader(segment.Number + 1);
        if (next is null)
            Find(FindingKind.ChainBroken, segment.End, "the segment after it has no header that can be read");
        else if (next.FirstBatch != batch || next.PreviousBatch != hash || next.FirstSequence != sequence)
            Find(FindingKind.ChainBroken, segment.End, $"the segment after it does not follow batch {batch - 1}");
    }

    private SegmentHeader? ReadHeader(ulong number)
    {
        var sector = new byte[Format.SegmentHeaderLength];
        if (!folder.Disk.TryOpen(folder.PathOf(number), Disks.DiskAccess.Read, out var file, out _))
            return null;
        using (file)
            return file.Read(0, sector, out _) is null ? SegmentHeader.Read(sector, folder.Kind, out _) : null;
    }

    private void CheckRoots(ScannedSegment segment)
    {
        var trees = new Dictionary<uint, TreeBuilder?>();
        foreach (var batch in segment.Batches)
        {
            foreach (var touched in batch.Header.Touched.Span)
            {
                if (!trees.TryGetValue(touched.Log, out var tree))
                    trees[touched.Log] = tree = Begin(batch, touched);
                if (tree is null)
                    continue;
                tree.Append(batch.LeavesOf(touched.Log));
                if (tree.Size == touched.Position && tree.Root() == touched.Root)
                {
                    _ends[touched.Log] = (touched.Position, touched.Root);
                    continue;
                }

                Find(FindingKind.LogContradicted, batch.Offset, $"the records of log {touched.Log} do not have the root that batch {batch.Header.Number} names");
                trees[touched.Log] = null;
            }
        }

        // A segment that was made anew as a whole, chain and roots included, still differs from the tree in memory.
        foreach (var (log, (size, root)) in _ends)
        {
            if (ledger.LogOf(log)!.RootAt(size) is { } known && known != root)
                Find(FindingKind.LogContradicted, segment.End, $"log {log} has another root at {size} than when its records were written");
        }
    }

    private TreeBuilder? Begin(ScannedBatch batch, in TouchedLog touched)
    {
        if (ledger.LogOf(touched.Log) is not { } log || touched.Position > log.Head.Size || touched.Count > touched.Position)
        {
            Find(FindingKind.LogContradicted, batch.Offset, $"batch {batch.Header.Number} has records of log {touched.Log} that were never written");
            return null;
        }

        // Null where records just before this segment cannot be read: that is found where it is.
        return log.BuilderAt(touched.Position - touched.Count);
    }

    private void Find(FindingKind kind, long offset, string detail) => _findings.Add(new Finding(kind, _file, offset, detail));
}
