using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Writ.EndToEnd.Tests;

/// <summary>The real server process on a file system that is really full, or really read-only.</summary>
public sealed class FullDiskTests
{
    /// <summary>Mounts $1/data as a small file system with what was there, serves, and copies it out when the server has ended.</summary>
    private const string OnSmallDisk = """
        folder=$1; shift
        mv "$folder/data" "$folder/before" && mkdir "$folder/data" && mount -t tmpfs -o size=SIZEk,mode=700 none "$folder/data" || exit 9
        cp -a "$folder/before/." "$folder/data/" || exit 9
        trap : TERM
        "$@" & echo $! > "$folder/server.pid"
        wait $!; wait $!
        cp -a "$folder/data" "$folder/after"
        """;

    private const string OnReadOnlyDisk = """
        folder=$1; shift
        mount --bind "$folder/data" "$folder/data" && mount -o remount,bind,ro "$folder/data" || exit 9
        exec "$@"
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task T36_T79_a_full_disk_refuses_decisions_takes_effects_and_restrictions_and_goes_on_once_there_is_room()
    {
        Assert.SkipWhen(MountNamespace.Obstacle() is not null, MountNamespace.Obstacle() ?? "");
        await using var writ = await RunningWrit.StartAsync();
        var warehouse = await Warehouse.SetUpAsync(writ);
        using (var before = writ.Client(warehouse.Point))
            await warehouse.AskAsync(before, 1, Stop);
        await writ.StopAsync();

        // What is there fits, with what the key store and the index need; another segment does not.
        var used = Directory.EnumerateFiles(Path.Combine(writ.Folder, "data"), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) / 1024;
        var (program, arguments) = MountNamespace.Command(OnSmallDisk.Replace("SIZE", $"{used + 8 * 1024}", StringComparison.Ordinal), writ.Folder, "--set", "ledger.reserve_bytes=256 KiB");
        var decided = new ConcurrentDictionary<string, bool>();
        await using (var served = await ServedWrit.StartAsync(program, arguments))
        {
            using var gate = served.Client(warehouse.Point);
            using var administrator = served.Client(writ.AdministratorToken);
            var full = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => UntilAsync(gate, warehouse, decided, "DENY")));
            Assert.All(full, refused => Assert.Equal("WRIT2000", refused.Word("code")));
            Assert.True(decided.Count > 100, $"{decided.Count} decisions fitted");

            // What happened may still be said, and what only takes rights away may still be done: room is kept for both.
            Assert.True(await Warehouse.SettleAsync(gate, decided.Keys.First(), Stop));
            using (var suspended = await administrator.PostAsJsonAsync($"/v1/agents/{warehouse.Agent}/suspend", new JsonObject { ["reason"] = "disk full" }, Stop))
                Assert.True(suspended.IsSuccessStatusCode, await suspended.Content.ReadAsStringAsync(Stop));
            using (var activated = await administrator.PostAsJsonAsync($"/v1/agents/{warehouse.Agent}/activate", new JsonObject { ["reason"] = "goes on" }, Stop))
                Assert.True(activated.IsSuccessStatusCode, await activated.Content.ReadAsStringAsync(Stop));

            // Somebody makes room. Nobody has to start anything again.
            MountNamespace.Enter(MountNamespace.ChildOf(served.ProcessId), "mount", "-o", $"remount,size={used + 512 * 1024}k", Path.Combine(writ.Folder, "data"));
            await UntilAsync(gate, warehouse, decided, "ALLOW");
            MountNamespace.Enter(MountNamespace.ChildOf(served.ProcessId), "/bin/sh", "-c", $"kill -TERM $(cat '{writ.Folder}/server.pid')");
            Assert.Equal(0, (await served.EndedAsync()).Exit);
        }

        Directory.Delete(Path.Combine(writ.Folder, "data"));
        Directory.Move(Path.Combine(writ.Folder, "after"), Path.Combine(writ.Folder, "data"));
        await Ledgers.VerifyAsync(writ.Folder);
        var recorded = (await Ledgers.RecordsAsync(writ.Folder, "decisions")).Where(r => r.Word("kind") == "decision" && r.Word("outcome") == "ALLOW").Select(r => r.Word("id")!).ToHashSet();
        Assert.Empty(decided.Keys.Except(recorded));
    }

    [Fact]
    public async Task A_read_only_data_folder_does_not_start_says_so_and_stays_as_it_is()
    {
        Assert.SkipWhen(MountNamespace.Obstacle() is not null, MountNamespace.Obstacle() ?? "");
        await using var writ = await RunningWrit.StartAsync();
        var warehouse = await Warehouse.SetUpAsync(writ);
        await writ.StopAsync();
        var (program, arguments) = MountNamespace.Command(OnReadOnlyDisk, writ.Folder);
        var (exit, said) = await ServedWrit.FailAsync(program, arguments);
        Assert.Equal(3, exit);
        Assert.Contains("Read-only file system", said, StringComparison.Ordinal);
        Assert.Contains("WRIT", said, StringComparison.Ordinal);
        await Ledgers.VerifyAsync(writ.Folder);

        await writ.RestartAsync();
        using var gate = writ.Client(warehouse.Point);
        Assert.Equal("ALLOW", (await warehouse.AskAsync(gate, 1, Stop)).Word("outcome"));
    }

    /// <summary>Asks until an outcome comes; what was permitted on the way is noted.</summary>
    private static async Task<JsonObject> UntilAsync(HttpClient gate, Warehouse warehouse, ConcurrentDictionary<string, bool> decided, string outcome)
    {
        while (true)
        {
            JsonObject answer;
            try
            {
                answer = await warehouse.AskAsync(gate, 5, Stop);
            }
            catch (HttpRequestException refused) when (refused.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable)
            {
                // Not even the task that the action would be part of could be recorded.
                answer = new JsonObject { ["outcome"] = "DENY", ["code"] = refused.Message.Contains("WRIT2000", StringComparison.Ordinal) ? "WRIT2000" : refused.Message };
            }

            if (answer.Word("outcome") == "ALLOW")
                decided[answer.Word("id")!] = true;
            if (answer.Word("outcome") == outcome)
                return answer;
        }
    }
}
