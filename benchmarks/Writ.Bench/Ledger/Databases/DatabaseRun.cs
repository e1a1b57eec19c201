using System.Diagnostics;
using System.Globalization;
using Writ.Bench.Installations;

namespace Writ.Bench.Ledger.Databases;

/// <summary>The same records with the same durability in a database: from as many callers, committed together, and one by one.</summary>
internal static class DatabaseRun
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);

    /// <summary>Measures, and says how often the ledger does the same in the same time.</summary>
    public static async Task<IReadOnlyList<Figure>> FiguresAsync(IDatabase database, int callers, double ledgerPerSecond, double ledgerOneMilliseconds)
    {
        Load.Result many;
        await using (var commits = new GroupCommit(database, callers))
        {
            var records = Enumerable.Range(0, callers).Select(AppendRun.Record).ToArray();
            await Load.MeasureAsync(callers, TimeSpan.FromSeconds(1), (caller, _) => commits.InsertAsync(records[caller]));
            many = await Load.MeasureAsync(callers, Duration, (caller, _) => commits.InsertAsync(records[caller]));
        }

        var one = OneByOne(database);
        return
        [
            new Figure(
                $"{database.Name}, committed together", many.PerSecond, "records/s", null, false,
                string.Create(CultureInfo.InvariantCulture, $"{AppendRun.RecordLength} B, {callers} callers, {database.Writers} connection(s), up to 1,000 in a commit, p50 {many.Latency.At(50):0.00} ms p99 {many.Latency.At(99):0.00} ms, load {Machine.Load()}")),
            new Figure($"the ledger against {database.Name}, committed together", ledgerPerSecond / many.PerSecond, "times", null, false, "the append figure above, the same run of the bench"),
            new Figure(
                $"{database.Name}, one by one, p50", one.At(50), "ms", null, true, string.Create(CultureInfo.InvariantCulture, $"one caller, p99 {one.At(99):0.00} ms")),
            new Figure($"{database.Name} against the ledger, one by one, p50", one.At(50) / ledgerOneMilliseconds, "times", null, false, "how much longer it takes"),
        ];
    }

    private static Percentiles OneByOne(IDatabase database)
    {
        using var connection = database.Connect();
        byte[][] record = [AppendRun.Record(1)];
        var (ticks, until) = (new List<long>(), Stopwatch.GetTimestamp() + Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < until)
        {
            var start = Stopwatch.GetTimestamp();
            connection.Insert(record);
            ticks.Add(Stopwatch.GetTimestamp() - start);
        }

        return new Percentiles([.. ticks]);
    }
}
