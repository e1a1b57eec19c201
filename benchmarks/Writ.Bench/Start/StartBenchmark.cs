using System.Diagnostics;
using System.Globalization;
using Writ.Bench.Installations;
using Writ.Governance.Decisions;
using Writ.Server.Installation;

namespace Writ.Bench.Start;

/// <summary>From the start of a process to an answer of <c>/readyz</c>, on a folder with 1,000,000 records of the real governor.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    private const int Records = 1_000_000;
    private const int Writers = 512;

    public string Name => "start";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        using var bench = new BenchInstallation();
        var empty = double.MaxValue;
        await (await bench.MakeAsync()).DisposeAsync();

        for (var run = 0; run < LoadFigures.Runs; run++)
            empty = Math.Min(empty, (await StartAsync(bench.Root)).Seconds);
        await using (var installation = await bench.OpenAsync())
        {
            await FillAsync(bench, installation.Services);
            HashesKept.Wait(installation.Control, installation.Decisions);
        }

        var snapshot = Path.Combine(bench.Options.DataFolder, "folds", "decisions.fold");
        var length = new FileInfo(snapshot).Length;
        var (kept, opened, keptRuns) = await MeasureAsync(bench, () => { });
        var (folded, refolded, foldedRuns) = await MeasureAsync(bench, () => File.Delete(snapshot));
        return
        [
            new Figure("cold start, process to ready", kept, "s", 3, true, $"{Records:N0} records, half of them effects, page cache warm, runs: {keptRuns}"),
            new Figure("the same without a fold snapshot", folded, "s", null, true, $"every record folded, runs: {foldedRuns}"),
            new Figure("the same with empty logs", empty, "s", null, true, "runtime, JIT and Kestrel"),
            new Figure("opening alone, in a warm process", opened, "s", null, true, "keys, both ledgers checked, full segments by their hashes, state from the snapshot"),
            new Figure("opening alone, without a fold snapshot", refolded, "s", null, true, "keys, both ledgers checked, full segments by their hashes, state folded"),
            new Figure("the fold snapshot", length / 1e6, "MB", null, true, ""),
        ];
    }

    private static async Task<(double Process, double Open, string Runs)> MeasureAsync(BenchInstallation bench, Action before)
    {
        var (process, open, all) = (double.MaxValue, double.MaxValue, new List<string>());
        for (var run = 0; run < LoadFigures.Runs; run++)
        {
            before();
            var (seconds, processor) = await StartAsync(bench.Root);
            process = Math.Min(process, seconds);
            all.Add(string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s ({processor:0.00} s of processor time) load {Machine.Load()}"));
            before();
            var start = Stopwatch.GetTimestamp();
            await using var installation = await bench.OpenAsync();
            open = Math.Min(open, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return (process, open, string.Join("; ", all));
    }

    private static async Task FillAsync(BenchInstallation bench, Services services)
    {
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (var number = Interlocked.Increment(ref next); number <= Records / 2; number = Interlocked.Increment(ref next))
            {
                var permitted = await bench.DecideAsync(services, number);
                await services.Settlement.SettleAsync(permitted.Dispatch, new EffectReport(EffectStatus.Executed, "{\"ok\":true}"u8.ToArray()));
            }
        })));
    }

    private static async Task<(double Seconds, double Processor)> StartAsync(string folder)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [StartedProcess.Word, folder]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadLineAsync();
        var taken = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var processor = process.HasExited ? default : process.TotalProcessorTime;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return line == StartedProcess.Ready ? (taken, processor.TotalSeconds) : throw new InvalidOperationException($"the started server said '{line}'");
    }
}
