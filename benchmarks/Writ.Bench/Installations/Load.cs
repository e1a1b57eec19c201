using System.Diagnostics;
using Writ.Bench.Ledger;

namespace Writ.Bench.Installations;

/// <summary>Callers that each ask, wait for the answer, and ask again.</summary>
internal static class Load
{
    public sealed record Result(double PerSecond, Percentiles Latency, double BytesAllocated, double ProcessorMicroseconds);

    /// <param name="callers">How many ask at the same time.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="ask">Asks once: the number of the caller, then of its question.</param>
    public static async Task<Result> MeasureAsync(int callers, TimeSpan duration, Func<int, int, Task> ask)
    {
        var until = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var (allocated, processor, start) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var latencies = (await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller, until, ask))))).SelectMany(l => l).ToArray();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Result(
            latencies.Length / seconds,
            new Percentiles(latencies),
            (double)(GC.GetTotalAllocatedBytes() - allocated) / latencies.Length,
            (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / latencies.Length);
    }

    private static async Task<List<long>> CallAsync(int caller, long until, Func<int, int, Task> ask)
    {
        var latencies = new List<long>(4096);
        for (var number = 0; Stopwatch.GetTimestamp() < until; number++)
        {
            var start = Stopwatch.GetTimestamp();
            await ask(caller, number).ConfigureAwait(false);
            latencies.Add(Stopwatch.GetTimestamp() - start);
        }

        return latencies;
    }
}
