using Writ.Bench;
using Writ.Bench.Governor;
using Writ.Bench.Http;
using Writ.Bench.Identity;
using Writ.Bench.Ledger;
using Writ.Bench.Policy;
using Writ.Bench.Query;
using Writ.Bench.Replay;
using Writ.Bench.Start;

// Writ.Bench [name]: 0 when every bar is met, 1 when one is missed, 2 for a name nobody knows.
if (args is [StartedProcess.Word, var folder])
    return await StartedProcess.RunAsync(folder);
IBenchmark[] all = [new PolicyBenchmark(), new LedgerBenchmark(), new GovernorBenchmark(), new HttpBenchmark(), new ReplayBenchmark(), new StartBenchmark(), new QueryBenchmark(), new IdentityBenchmark()];
IBenchmark[] parts = [new EvidenceBenchmark()]; // of another bench, to be run alone
var chosen = args.Length == 0 ? all : [.. all.Concat(parts).Where(b => b.Name == args[0])];
if (chosen.Length == 0)
{
    Console.Error.WriteLine($"no bench '{args[0]}': {string.Join(", ", all.Concat(parts).Select(b => b.Name))}");
    return 2;
}

var met = true;
foreach (var benchmark in chosen)
{
    var figures = await benchmark.RunAsync(CancellationToken.None);
    Report.Table(benchmark.Name, figures);
    Report.Json(benchmark.Name, figures, Machine.Describe(Path.GetTempPath()));
    met &= figures.All(f => f.IsMet);
}

return met ? 0 : 1;
