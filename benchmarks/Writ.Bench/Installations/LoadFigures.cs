using System.Globalization;

namespace Writ.Bench.Installations;

/// <summary>The figures of loads measured three times: those of the fastest run, all runs named.</summary>
internal static class LoadFigures
{
    public const int Runs = 3;

    public static IEnumerable<Figure> Of(string name, string conditions, double rateBar, double p99Bar, IReadOnlyList<(Load.Result Result, string Load)> runs)
    {
        var best = runs.MaxBy(run => run.Result.PerSecond).Result;
        var all = string.Join("; ", runs.Select(run => string.Create(
            CultureInfo.InvariantCulture, $"{run.Result.PerSecond:N0}/s p99 {run.Result.Latency.At(99):0.0} ms load {run.Load}")));
        yield return new Figure(name, best.PerSecond, "decisions/s", rateBar, false, $"{conditions}, runs: {all}");
        yield return new Figure($"{name}, p50 of the same run", best.Latency.At(50), "ms", null, true, "");
        yield return new Figure($"{name}, p99 of the same run", best.Latency.At(99), "ms", p99Bar, true, string.Create(CultureInfo.InvariantCulture, $"p99.9 {best.Latency.At(99.9):0.0} ms"));
        yield return new Figure($"{name}, processor time", best.ProcessorMicroseconds, "us/decision", null, true, "all threads, the load generator's too");
        yield return new Figure($"{name}, allocated", best.BytesAllocated, "B/decision", null, true, "the load generator's too");
    }

    public static Figure BareFlush(string folder)
    {
        var bare = Ledger.BareFlush.Measure(folder, 1000);
        return new Figure("bare fdatasync of 4 KiB, p50", bare.At(50), "ms", null, true, string.Create(CultureInfo.InvariantCulture, $"p99 {bare.At(99):0.000} ms"));
    }
}
