using System.Collections.Immutable;

namespace Writ.Ledger;

/// <summary>How long something took, counted into fixed bounds. Adding takes no lock and allocates nothing. Thread safe.</summary>
public sealed class LatencyHistogram
{
    private readonly long[] _counts = new long[Bounds.Length + 1];
    private long _ticks;

    /// <summary>The upper bounds of the buckets, inclusive, ascending, 50 µs to 10 s; beyond the last there is one more.</summary>
    public static ImmutableArray<TimeSpan> Bounds { get; } =
    [
        .. new[] { 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000 }
            .Select(microseconds => TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond)),
    ];

    /// <summary>Counts one. A negative time counts as zero.</summary>
    public void Add(TimeSpan took)
    {
        var bucket = 0;
        while (bucket < Bounds.Length && took > Bounds[bucket])
            bucket++;
        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _ticks, Math.Max(0, took.Ticks));
    }

    /// <summary>What was counted so far. Each number is right; one that is added meanwhile may be in the counts and not in the sum.</summary>
    public LatencyCounts Read()
    {
        var counts = ImmutableArray.CreateBuilder<long>(_counts.Length);
        for (var i = 0; i < _counts.Length; i++)
            counts.Add(Interlocked.Read(ref _counts[i]));
        return new LatencyCounts(counts.MoveToImmutable(), TimeSpan.FromTicks(Interlocked.Read(ref _ticks)));
    }
}
