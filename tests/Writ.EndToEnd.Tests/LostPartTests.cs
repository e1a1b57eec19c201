using System.Text.Json.Nodes;

namespace Writ.EndToEnd.Tests;

/// <summary>An installation that lost a part of itself: what can be made again is, and without the rest nothing starts and nothing changes.</summary>
public sealed class LostPartTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_server_process_on_the_same_folders_refuses_and_disturbs_nobody()
    {
        await using var writ = await RunningWrit.StartAsync();
        var warehouse = await Warehouse.SetUpAsync(writ);
        await writ.StopAsync();
        await using var first = await ServedWrit.StartAsync(writ.Folder);
        using var gate = first.Client(warehouse.Point);
        Assert.Equal("ALLOW", (await warehouse.AskAsync(gate, 1, Stop)).Word("outcome"));
        var (exit, said) = await ServedWrit.FailAsync(ServedWrit.Program, ServedWrit.ArgumentsFor(writ.Folder));
        Assert.Equal(3, exit);
        Assert.Contains("WRIT2021", said, StringComparison.Ordinal);

        // Neither does one that shares the data folder alone.
        var elsewhere = Path.Combine(writ.Folder, "elsewhere");
        Directory.CreateDirectory(elsewhere);
        Directory.CreateSymbolicLink(Path.Combine(elsewhere, "data"), Path.Combine(writ.Folder, "data"));
        CopyOf(Path.Combine(writ.Folder, "config"), Path.Combine(elsewhere, "config"));
        (exit, said) = await ServedWrit.FailAsync(ServedWrit.Program, ServedWrit.ArgumentsFor(elsewhere));
        Assert.Equal(3, exit);
        Assert.Matches("WRIT2021|WRIT9202", said);
        Assert.Equal("ALLOW", (await warehouse.AskAsync(gate, 2, Stop)).Word("outcome"));
    }

    [Theory]
    [InlineData("data/vault.keys", "WRIT9202")]
    [InlineData("config/master.key", "WRIT9202")]
    public async Task Without_the_vaults_keys_nothing_is_decided_and_the_log_stays_as_it_is(string file, string code)
    {
        await using var writ = await RunningWrit.StartAsync();
        var warehouse = await Warehouse.SetUpAsync(writ);
        using (var gate = writ.Client(warehouse.Point))
            Assert.Equal("ALLOW", (await warehouse.AskAsync(gate, 1, Stop)).Word("outcome"));
        await writ.StopAsync();
        var path = Path.Combine(writ.Folder, file);
        File.Move(path, path + ".away");
        var before = await Ledgers.RecordsAsync(writ.Folder, "decisions");
        var (exit, said) = await ServedWrit.FailAsync(ServedWrit.Program, ServedWrit.ArgumentsFor(writ.Folder));
        Assert.Equal(3, exit);
        Assert.Contains(code, said, StringComparison.Ordinal);
        Assert.Contains("restore", said, StringComparison.Ordinal);
        Assert.False(File.Exists(path), "it was made anew");
        await Ledgers.VerifyAsync(writ.Folder);
        Assert.Equal(before.Count, (await Ledgers.RecordsAsync(writ.Folder, "decisions")).Count);

        File.Move(path + ".away", path);
        await writ.RestartAsync();
        using var again = writ.Client(warehouse.Point);
        Assert.Equal("ALLOW", (await warehouse.AskAsync(again, 2, Stop)).Word("outcome"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_index_that_is_gone_or_damaged_is_made_again_and_answers_the_same(bool gone)
    {
        await using var writ = await RunningWrit.StartAsync();
        var warehouse = await Warehouse.SetUpAsync(writ);
        using (var gate = writ.Client(warehouse.Point))
        {
            for (var i = 0; i < 30; i++)
                await warehouse.AskAsync(gate, i % 3 == 0 ? 500 + i : i + 1, Stop);
        }

        var before = await AnswersAsync(writ);
        await writ.StopAsync();
        var index = Path.Combine(writ.Folder, "data", "index");
        if (gone && Directory.Exists(index))
            Directory.Delete(index, recursive: true);
        else
        {
            // Besides what is there, files in the place of those it will want to write, with anything in them.
            var log = Directory.CreateDirectory(Path.Combine(index, "writ.local_default_decisions")).FullName;
            for (var block = 0; block < 3; block++)
                await File.WriteAllBytesAsync(Path.Combine(log, $"{block:D10}.blk"), [.. "WRITCOL1"u8, .. new byte[4096]], Stop);
        }

        await writ.RestartAsync();
        Assert.Equal(before, await AnswersAsync(writ));
    }

    private static async Task<string> AnswersAsync(RunningWrit writ)
    {
        var said = new List<string>();
        foreach (var query in new[] { "outcome = ALLOW show id, agent, tool", "outcome = REQUIRE_APPROVAL show id, rule", "tool = warehouse/ship group by outcome order by outcome" })
        {
            JsonObject answer;
            do
            {
                Stop.ThrowIfCancellationRequested();
                using var response = await writ.Administrator.GetAsync($"/v1/records?q={Uri.EscapeDataString(query)}", Stop);
                answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!.AsObject();
            }
            while (answer.Word("code") == "WRIT2061");
            Assert.True(answer["rows"] is JsonArray { Count: > 0 }, $"{query}: {answer.ToJsonString()}");
            said.Add(answer["rows"]!.ToJsonString());
        }

        return string.Join('\n', said);
    }

    private static void CopyOf(string from, string to)
    {
        using var copying = System.Diagnostics.Process.Start("cp", ["-a", from, to]);
        copying.WaitForExit();
    }
}
