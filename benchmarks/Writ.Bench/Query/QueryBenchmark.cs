using System.Diagnostics;
using System.Globalization;
using System.Text;
using Writ.Bench.Ledger;
using Writ.Governance.Querying.Indexing;
using Writ.Ledger.Columns;

namespace Writ.Bench.Query;

/// <summary>The index over ten million records: how fast it is made, what it takes, how long a filtered query takes over all of it.</summary>
internal sealed class QueryBenchmark : IBenchmark
{
    private const int Records = 10_000_000;
    private const int Step = 1_000_000;
    private const int Queries = 500;
    private const int WarmUp = 50;

    public string Name => "query";

    public Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("writ-bench-").FullName;
        try
        {
            return Task.FromResult<IReadOnlyList<Figure>>(Run(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Figure[] Run(string folder)
    {
        var source = new SyntheticRecords(Records);
        var making = Stopwatch.GetTimestamp();
        source.Read(0, Step, _ => { });
        var made = Stopwatch.GetElapsedTime(making).TotalSeconds * (Records / Step);

        var index = new ColumnIndex(source, QueryFields.Schema, new RecordExtractor(), new ColumnIndexOptions { Folder = folder });
        var start = Stopwatch.GetTimestamp();
        while (index.Behind > 0)
            index.CatchUp(Step);
        var built = Stopwatch.GetElapsedTime(start).TotalSeconds;

        var cold = Latencies(index.View(), 1);
        Latencies(index.View(), WarmUp);
        var warm = Latencies(index.View(), Queries);
        var opening = Stopwatch.GetTimestamp();
        var again = new ColumnIndex(source, QueryFields.Schema, new RecordExtractor(), new ColumnIndexOptions { Folder = folder });
        var opened = Stopwatch.GetElapsedTime(opening).TotalMilliseconds;
        var disk = new DirectoryInfo(folder).EnumerateFiles().Sum(f => f.Length);
        using var process = Process.GetCurrentProcess();
        return
        [
            new Figure("filtered query over 10 million records, p99", warm.At(99), "ms", 50, true, string.Create(CultureInfo.InvariantCulture, $"agent, outcome, amount and time; p50 {warm.At(50):0.0} ms, {Queries} queries")),
            new Figure("the first of them, no column in memory", cold.At(99), "ms", null, true, "page cache warm"),
            new Figure("memory of the process with the index open", process.WorkingSet64 / 1e6, "MB", 600, true, $"of it managed {GC.GetTotalMemory(false) / 1e6:N0} MB"),
            new Figure("building the index", Records / (built - made), "records/s", null, false, string.Create(CultureInfo.InvariantCulture, $"one thread, {built:0} s with {made:0} s for making up the records")),
            new Figure("opening it again", opened, "ms", null, true, $"{again.Rows:N0} records in blocks"),
            new Figure("disk", (double)disk / Records, "B/record", null, true, $"{QueryFields.Schema.Columns.Length} columns"),
        ];
    }

    private static Percentiles Latencies(ColumnView view, int count)
    {
        var ticks = new long[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            if (Count(view, Filter(i)) == 0)
                throw new InvalidOperationException("a query that should find something found nothing");
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }

        return new Percentiles(ticks);
    }

    private static RowFilter.All Filter(int seed)
    {
        var agent = Encoding.UTF8.GetBytes(SyntheticRecords.Agent((ulong)seed));
        return new RowFilter.All(
        [
            new RowFilter.Text(QueryFields.Kind.Column, text => text.SequenceEqual("decision"u8)),
            new RowFilter.Text(QueryFields.Agent.Column, text => text.SequenceEqual(agent)),
            new RowFilter.Text(QueryFields.Outcome.Column, text => text.SequenceEqual("DENY"u8)),
            new RowFilter.Number(QueryFields.ByName["amount"].Column, 500 * 1_000_000_000L, long.MaxValue),
            new RowFilter.Number(QueryFields.At.Column, SyntheticRecords.FirstAt + (Records / 10 * SyntheticRecords.MicrosecondsEach), long.MaxValue),
        ]);
    }

    private static long Count(ColumnView view, RowFilter filter)
    {
        long count = 0;
        foreach (var block in view.Blocks)
        {
            if (filter.MayMatch(block))
                count += filter.Apply(block.Open(filter.ColumnsOf(block)) ?? throw new InvalidOperationException("a block is damaged")).Count;
        }

        return count;
    }
}
