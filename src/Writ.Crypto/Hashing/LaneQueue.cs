using System.Runtime.CompilerServices;

namespace Writ.Crypto.Hashing;

/// <summary>
/// Gathers leaves into groups of equal block count, so that no lane of a group idles, and hashes each group as it fills. What is
/// left at the end is hashed in groups of neighbouring counts, and the last few one by one.
/// </summary>
internal unsafe struct LaneQueue
{
    /// <summary>Leaves of more blocks than this are hashed alone: a library call costs little beside them.</summary>
    public const int MaxBlocks = 64;

    // Below this many lanes a group costs more than single calls.
    private const int WorthAGroup = 4;

    private Waiting _waiting;
    private Counts _counts;

    /// <summary>Begins; the memory of the queue need not have been cleared.</summary>
    public void Clear() => _counts = default;

    public void Add(byte prefix, in Sha256Lane lane)
    {
        var bucket = Sha256Lane.BlocksOf(lane.Length) - 1;
        ref var count = ref _counts[bucket];
        _waiting[bucket * Sha256Lanes.Width + count] = lane;
        if (++count < Sha256Lanes.Width)
            return;
        count = 0;
        Sha256Lanes.Hash(prefix, ((ReadOnlySpan<Sha256Lane>)_waiting).Slice(bucket * Sha256Lanes.Width, Sha256Lanes.Width));
    }

    public void Flush(byte prefix)
    {
        Span<Sha256Lane> group = stackalloc Sha256Lane[Sha256Lanes.Width];
        var count = 0;
        for (var bucket = 0; bucket < MaxBlocks; bucket++)
        {
            for (var i = 0; i < _counts[bucket]; i++)
            {
                group[count++] = _waiting[bucket * Sha256Lanes.Width + i];
                if (count < group.Length)
                    continue;
                Sha256Lanes.Hash(prefix, group);
                count = 0;
            }
        }

        if (count >= WorthAGroup)
        {
            Sha256Lanes.Hash(prefix, group[..count]);
            return;
        }

        foreach (ref readonly var lane in group[..count])
            *lane.Hash = MerkleHash.Leaf(new ReadOnlySpan<byte>(lane.Data, lane.Length));
    }

    [InlineArray(MaxBlocks * Sha256Lanes.Width)]
    private struct Waiting
    {
        private Sha256Lane _first;
    }

    [InlineArray(MaxBlocks)]
    private struct Counts
    {
        private int _first;
    }
}
