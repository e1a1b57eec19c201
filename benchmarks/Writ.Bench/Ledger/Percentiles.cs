namespace Writ.Bench.Ledger;

/// <summary>Latencies sorted once and asked often, in ticks of the stopwatch, answered in milliseconds.</summary>
internal sealed class Percentiles
{
    private readonly long[] _sorted;

    public Percentiles(long[] ticks)
    {
        _sorted = ticks;
        Array.Sort(_sorted);
    }

    public double At(double percent) => _sorted.Length == 0
        ? 0
        : _sorted[Math.Min(_sorted.Length - 1, (int)(_sorted.Length * percent / 100))] * 1000.0 / System.Diagnostics.Stopwatch.Frequency;
}
