using Writ.Bench.Installations;
using Writ.Server;

namespace Writ.Bench.Http;

/// <summary>Governed decisions over HTTP: an enforcement point asks a real server, over connections that stay open.</summary>
internal sealed class HttpBenchmark : IBenchmark
{
    private const int Connections = 128;

    public string Name => "http";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var runs = new List<(Load.Result, string)>();
        Figure? bare = null;
        for (var run = 0; run < LoadFigures.Runs; run++)
        {
            using var bench = new BenchInstallation();
            await (await bench.MakeAsync()).DisposeAsync();
            if (await WritServer.StartAsync(bench.Options, TimeProvider.System, cancellationToken) is not ServerStart.Started { Server: var server })
                throw new InvalidOperationException("the server did not start");
            await using (server)
            {
                var connections = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => EvaluationConnection.OpenAsync(server.Address, bench)));
                try
                {
                    Task AskAsync(int caller, int number) => connections[caller].AskAsync((caller * 31) + number);
                    await Load.MeasureAsync(Connections, TimeSpan.FromSeconds(3), AskAsync);
                    runs.Add((await Load.MeasureAsync(Connections, TimeSpan.FromSeconds(5), AskAsync), Machine.Load()));
                }
                finally
                {
                    foreach (var connection in connections)
                        connection.Dispose();
                }
            }

            bare ??= LoadFigures.BareFlush(bench.Root);
        }

        return
        [
            bare!,
            .. LoadFigures.Of("governed decision over HTTP, durable", $"AuthZEN evaluation, {Connections} keep-alive connections, load generator in the same process, {Desk.Policies} policies", 20_000, 15, runs),
        ];
    }
}
