using System.Globalization;
using Writ.Bench.Ledger.Databases;

namespace Writ.Bench.Ledger;

/// <summary>
/// The ledger: acknowledged durable appends, alone and in batches, with everything a decision needs, what is stored, and the databases that
/// would take the same records, side by side.
/// </summary>
internal sealed class LedgerBenchmark : IBenchmark
{
    private const int Runs = 3;
    private const int Callers = 1024;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);

    public string Name => "ledger";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        using (var folder = new LedgerFolder())
        {
            var bare = BareFlush.Measure(folder.Root, 2000);
            figures.Add(new Figure("bare fdatasync of 4 KiB, p50", bare.At(50), "ms", null, true, string.Create(CultureInfo.InvariantCulture, $"p99 {bare.At(99):0.000} ms")));
        }

        var (perSecond, one) = await AppendAsync(figures);
        figures.AddRange(await EvidenceRun.FiguresAsync(Runs));
        figures.AddRange(await StoredFigures.MeasureAsync(Runs));
        await BesideAsync(figures, perSecond, one);
        return figures;
    }

    private static async Task<(double PerSecond, double OneMilliseconds)> AppendAsync(List<Figure> figures)
    {
        AppendRun.Result? best = null;
        Percentiles? single = null;
        (double PerSecond, Percentiles? Latency) batched = default;
        var (all, batches) = (new List<string>(), new List<string>());
        for (var run = 0; run < Runs; run++)
        {
            using var folder = new LedgerFolder();
            await using var ledger = await folder.OpenAsync();
            var log = await LedgerFolder.LogAsync(ledger);
            await AppendRun.MeasureAsync(ledger, log, Callers, TimeSpan.FromSeconds(1));
            var result = await AppendRun.MeasureAsync(ledger, log, Callers, Duration);
            all.Add(string.Create(CultureInfo.InvariantCulture, $"{result.PerSecond:N0}/s p99 {result.Latency.At(99):0.00} ms load {Machine.Load()}"));
            if (best is null || result.PerSecond > best.PerSecond)
                best = result;
            var one = (await AppendRun.MeasureAsync(ledger, log, 1, TimeSpan.FromSeconds(1))).Latency;
            if (single is null || one.At(50) < single.At(50))
                single = one;
            var batch = await BatchRun.MeasureAsync(ledger, log, Duration);
            batches.Add(string.Create(CultureInfo.InvariantCulture, $"{batch.PerSecond:N0}/s load {Machine.Load()}"));
            if (batch.PerSecond > batched.PerSecond)
                batched = batch;
        }

        figures.Add(new Figure("append, acknowledged durable", best!.PerSecond, "records/s", 300_000, false, $"{AppendRun.RecordLength} B, {Callers} callers, runs: {string.Join("; ", all)}"));
        figures.Add(new Figure("append, p99 of the same run", best.Latency.At(99), "ms", 5, true, string.Create(CultureInfo.InvariantCulture, $"p50 {best.Latency.At(50):0.00} ms, p99.9 {best.Latency.At(99.9):0.00} ms")));
        figures.Add(new Figure("append, allocated by caller and ledger", best.BytesAllocatedPerAppend, "B/append", null, true, "with the bench's own latency lists"));
        figures.Add(new Figure("append, processor time of caller and ledger", best.CpuMicrosecondsPerAppend, "µs/append", null, true, "with making the next segments"));
        figures.Add(new Figure("append, one caller, p50", single!.At(50), "ms", 1, true, string.Create(CultureInfo.InvariantCulture, $"p99 {single.At(99):0.00} ms")));
        figures.Add(new Figure(
            $"append in batches of {BatchRun.Records}", batched.PerSecond, "records/s", 500_000, false,
            string.Create(CultureInfo.InvariantCulture, $"{AppendRun.RecordLength} B, {BatchRun.Callers} callers, p99 of a batch {batched.Latency!.At(99):0.00} ms, runs: {string.Join("; ", batches)}")));
        return (best.PerSecond, single.At(50));
    }

    /// <summary>Databases take the same records on the same disk; one that is not installed is told.</summary>
    private static async Task BesideAsync(List<Figure> figures, double perSecond, double oneMilliseconds)
    {
        foreach (var (name, open) in new (string, Opening)[] { ("SQLite", SqliteDatabase.Open), ("PostgreSQL", PostgresDatabase.Open) })
        {
            var folder = Directory.CreateTempSubdirectory("writ-bench-").FullName;
            try
            {
                using var database = open(folder, out var absent);
                if (database is null)
                    Console.WriteLine($"skipped: {name}: {absent}");
                else
                    figures.AddRange(await DatabaseRun.FiguresAsync(database, Callers, perSecond, oneMilliseconds));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private delegate IDatabase? Opening(string folder, out string absent);
}
