using Writ.Bench.Installations;
using Writ.Ledger;

namespace Writ.Bench.Ledger;

/// <summary>Callers that each append a hundred records, wait until all of them are durable, and append the next hundred.</summary>
internal static class BatchRun
{
    public const int Callers = 64;

    public const int Records = 100;

    public static async Task<(double PerSecond, Percentiles Latency)> MeasureAsync(MerkleLedger ledger, LogicalLog log, TimeSpan duration)
    {
        var record = AppendRun.Record(1);
        var pending = Enumerable.Range(0, Callers).Select(_ => new Task<AppendResult>[Records]).ToArray();
        async Task AppendAsync(int caller, int number)
        {
            var appends = pending[caller];
            for (var i = 0; i < Records; i++)
                appends[i] = ledger.AppendAsync(log, record).AsTask();
            for (var i = 0; i < Records; i++)
            {
                var result = await appends[i].ConfigureAwait(false);
                if (!result.IsDurable)
                    throw new InvalidOperationException(result.Fault.ToString());
            }
        }

        var load = await Load.MeasureAsync(Callers, duration, AppendAsync);
        return (load.PerSecond * Records, load.Latency);
    }
}
