using System.Runtime.InteropServices;
using Writ.Crypto.Hashing;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Hashes;

/// <summary>Where the leaf hashes of one log lie, segment by segment, so that a tile is one read. Thread safe.</summary>
internal sealed class LeafRuns(HashFolder hashes, SegmentFolder records)
{
    private readonly Lock _gate = new();
    private readonly List<(LeafRun Run, ulong Segment)> _runs = [];

    /// <summary>Takes note of the hashes of one segment; again is fine.</summary>
    public void Add(in LeafRun run, ulong segment)
    {
        lock (_gate)
        {
            var at = SlotOf_NeedsLock(run.First);
            if (at >= 0 && _runs[at].Run.First == run.First)
                _runs[at] = (run, segment);
            else
                _runs.Insert(at + 1, (run, segment));
        }
    }

    /// <summary>Fills in the hashes from a record on; false where some are not kept. They are what the files say.</summary>
    public bool TryRead(ulong first, Span<Hash256> leaves)
    {
        while (!leaves.IsEmpty)
        {
            if (Find(first) is not var (run, segment))
                return false;
            var skipped = (int)(first - run.First);
            var count = Math.Min(leaves.Length, run.Count - skipped);
            if (!hashes.TryRead(records, segment, run.Offset + (long)skipped * Hash256.Length, MemoryMarshal.AsBytes(leaves[..count])))
                return false;
            first += (ulong)count;
            leaves = leaves[count..];
        }

        return true;
    }

    private (LeafRun Run, ulong Segment)? Find(ulong index)
    {
        lock (_gate)
        {
            var at = SlotOf_NeedsLock(index);
            return at >= 0 && index - _runs[at].Run.First < (ulong)_runs[at].Run.Count ? _runs[at] : null;
        }
    }

    /// <summary>The last run that begins at or before a record; -1 where there is none.</summary>
    private int SlotOf_NeedsLock(ulong index)
    {
        int low = 0, high = _runs.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (_runs[middle].Run.First <= index)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return high;
    }
}
