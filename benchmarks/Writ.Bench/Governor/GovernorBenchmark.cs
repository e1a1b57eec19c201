using Writ.Bench.Installations;

namespace Writ.Bench.Governor;

/// <summary>Governed decisions in process: arguments read, gates walked, payload sealed, record durable.</summary>
internal sealed class GovernorBenchmark : IBenchmark
{
    private const int Callers = 256;

    public string Name => "governor";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var runs = new List<(Load.Result, string)>();
        Figure? bare = null;
        for (var run = 0; run < LoadFigures.Runs; run++)
        {
            using var bench = new BenchInstallation();
            await using var installation = await bench.MakeAsync();
            var services = installation.Services;
            async Task AskAsync(int caller, int number)
            {
                // What is owed is dropped, not settled: the figure counts decisions alone, and memory stays flat.
                var permitted = await bench.DecideAsync(services, (caller * 31) + number);
                services.Dispatches.TryTake(permitted.Id, out _);
            }

            await Load.MeasureAsync(Callers, TimeSpan.FromSeconds(2), AskAsync);
            runs.Add((await Load.MeasureAsync(Callers, TimeSpan.FromSeconds(4), AskAsync), Machine.Load()));
            bare ??= LoadFigures.BareFlush(bench.Root);
        }

        return [bare!, .. LoadFigures.Of("governed decision in process, durable", $"{Callers} callers, {Desk.Policies} policies, {Desk.Arguments(1).Length} B of arguments", 100_000, 5, runs)];
    }
}
