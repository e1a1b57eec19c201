using System.Diagnostics;
using Writ.Ledger;

namespace Writ.Bench.Ledger;

/// <summary>Callers that each append a record, wait until it is durable, and append the next.</summary>
internal static class AppendRun
{
    public const int RecordLength = 1124;

    /// <param name="PerSecond">Acknowledged appends a second.</param>
    /// <param name="Latency">From call to continuation.</param>
    /// <param name="BytesAllocatedPerAppend">By callers and ledger together.</param>
    /// <param name="CpuMicrosecondsPerAppend">Of the whole process: what stays comparable on a busy machine.</param>
    public sealed record Result(double PerSecond, Percentiles Latency, double BytesAllocatedPerAppend, double CpuMicrosecondsPerAppend);

    public static async Task<Result> MeasureAsync(MerkleLedger ledger, LogicalLog log, int callers, TimeSpan duration)
    {
        using var stop = new CancellationTokenSource(duration);
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var allocated = GC.GetTotalAllocatedBytes();
        var start = Stopwatch.GetTimestamp();
        var runs = new Task<List<long>>[callers];
        for (var i = 0; i < callers; i++)
        {
            var seed = i;
            runs[i] = Task.Run(() => CallAsync(ledger, log, seed, stop.Token));
        }

        var latencies = (await Task.WhenAll(runs)).SelectMany(l => l).ToArray();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        process.Refresh();
        cpu = process.TotalProcessorTime - cpu;
        var count = Math.Max(1, latencies.Length);
        return new Result(latencies.Length / seconds, new Percentiles(latencies), (double)allocated / count, cpu.TotalMicroseconds / count);
    }

    public static byte[] Record(int seed)
    {
        var record = new byte[RecordLength];
        new Random(seed).NextBytes(record);
        return record;
    }

    private static async Task<List<long>> CallAsync(MerkleLedger ledger, LogicalLog log, int seed, CancellationToken stop)
    {
        var record = Record(seed);
        var latencies = new List<long>(4096);
        while (!stop.IsCancellationRequested)
        {
            var start = Stopwatch.GetTimestamp();
            var result = await ledger.AppendAsync(log, record, cancellationToken: CancellationToken.None).ConfigureAwait(false);
            if (!result.IsDurable)
                throw new InvalidOperationException(result.Fault.ToString());
            latencies.Add(Stopwatch.GetTimestamp() - start);
        }

        return latencies;
    }
}
