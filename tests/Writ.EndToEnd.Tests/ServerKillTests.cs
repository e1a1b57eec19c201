using System.Collections.Concurrent;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>The real server process, killed under load again and again.</summary>
public sealed class ServerKillTests
{
    /// <summary>Of each of two installations; with the four hundred of the bare ledger (<c>KillTests</c>) these are five hundred.</summary>
    private const int Kills = 50;

    private const int Callers = 8;

    [Fact]
    public Task Every_answered_decision_and_effect_is_there_after_100_kills_of_two_servers_and_what_is_owed_is_unknown() =>
        Task.WhenAll(Task.Run(KillAsync), Task.Run(KillAsync));

    private static async Task KillAsync()
    {
        await using var writ = await RunningWrit.StartAsync();
        var warehouse = await Warehouse.SetUpAsync(writ);
        await writ.StopAsync();
        var (decided, settled) = (new ConcurrentDictionary<string, bool>(), new ConcurrentDictionary<string, bool>());
        var random = new Random();
        for (var life = 0; life < Kills; life++)
        {
            await using var served = await ServedWrit.StartAsync(writ.Folder);
            await LoadAsync(served, warehouse, random.Next(1, 60), decided, settled);
        }

        Assert.True(decided.Count > Kills && settled.Count > Kills / 2, $"{decided.Count} decisions and {settled.Count} effects were answered: the test tests nothing");

        // Long enough later nobody is waited for any more.
        var time = new FakeTime(DateTimeOffset.UtcNow + TimeSpan.FromMinutes(20));
        await using (var after = await RunningWrit.StartAsync(time, writ.Folder))
        {
            time.Advance(TimeSpan.FromSeconds(10));
            while ((await after.DecisionsAsync()).Any(d => d.Word("outcome") == "ALLOW" && d.Effect() is null))
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        var records = await Ledgers.RecordsAsync(writ.Folder, "decisions");
        var found = records.Where(r => r.Word("kind") == "decision").ToDictionary(r => r.Word("id")!);
        var effects = records.Where(r => r.Word("kind") == "effect").ToDictionary(r => r.Word("decision")!, r => r.Word("status"));
        Assert.All(decided.Keys, id => Assert.Equal("ALLOW", found[id].Word("outcome")));
        Assert.All(settled.Keys, id => Assert.Equal("executed", effects[id]));
        Assert.All(found.Keys, id => Assert.True(effects[id] is "executed" or "unknown", id));
        Assert.Contains("unknown", effects.Values);
    }

    /// <summary>Asks and reports with several callers at once, and kills the server when so many decisions were answered.</summary>
    private static async Task LoadAsync(
        ServedWrit served, Warehouse warehouse, int answers, ConcurrentDictionary<string, bool> decided, ConcurrentDictionary<string, bool> settled)
    {
        using var gate = served.Client(warehouse.Point);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var left = answers;
        var enough = new TaskCompletionSource();
        var callers = Enumerable.Range(0, Callers).Select(async caller =>
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    var id = (await warehouse.AskAsync(gate, i % 50 + 1, stop.Token)).Word("id")!;
                    Assert.True(decided.TryAdd(id, true), $"{id} was given twice");
                    if (Interlocked.Decrement(ref left) == 0)
                        enough.TrySetResult();
                    if (i % 2 == 0 && await Warehouse.SettleAsync(gate, id, stop.Token))
                        Assert.True(settled.TryAdd(id, true), $"{id} was settled twice");
                }
            }
            catch (Exception ended) when (ended is HttpRequestException { StatusCode: null } or OperationCanceledException or IOException)
            {
                // The server is dead: what was not answered is not counted.
            }
        }).ToArray();
        await Task.WhenAny(enough.Task, Task.WhenAll(callers));
        Assert.True(enough.Task.IsCompleted, "a server ended before it was killed");
        await served.KillAsync();
        await Task.WhenAll(callers);
    }
}
