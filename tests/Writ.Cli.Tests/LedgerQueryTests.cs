using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Writ.Cli.Tests;

/// <summary><c>writ ledger query</c>, of a running server and of its folder once it has stopped.</summary>
public sealed class LedgerQueryTests
{
    [Fact]
    public async Task A_server_and_its_folder_give_the_same_answers()
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Contains("nothing matched", (await server.RunAsync("ledger", "query")).Output, StringComparison.Ordinal);
        await DecideAsync(server, 3);

        var table = await server.RunAsync("ledger", "query", "agent = bot show at, agent, outcome, decided_in");
        Assert.Equal(0, table.Exit);
        Assert.Matches(@"AT\s+AGENT\s+OUTCOME\s+DECIDED_IN", table.Output);
        Assert.Equal(3, table.Output.Split('\n').Count(l => l.Contains(" bot ", StringComparison.Ordinal) && l.Contains("DENY", StringComparison.Ordinal)));
        Assert.Contains("3 matched", table.Error, StringComparison.Ordinal);

        var csv = await server.RunAsync("ledger", "query", "show id, outcome limit 1", "--format", "csv", "--all");
        Assert.Equal(4, csv.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        var paged = await server.RunAsync("ledger", "query", "show id limit 2");
        Assert.Contains("--cursor ", paged.Error, StringComparison.Ordinal);
        var document = JsonNode.Parse((await server.RunAsync("ledger", "query", "group by outcome", "--json")).Output)!;
        Assert.Equal(3, document["rows"]![0]!["count"]!.GetValue<long>());

        var proofs = Path.Combine(server.Data, "..", "proofs");
        Assert.Equal(0, (await server.RunAsync("ledger", "query", "outcome = DENY limit 2", "--proofs", proofs)).Exit);
        var files = Directory.GetFiles(proofs, "*.tlog-proof");
        Assert.Equal(2, files.Length);
        Assert.Equal(0, (await server.RunAsync("ledger", "verify", files[0])).Exit);
        await File.WriteAllTextAsync(files[0], (await File.ReadAllTextAsync(files[0], TestContext.Current.CancellationToken)).Replace("index ", "index 1", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(1, (await server.RunAsync("ledger", "verify", files[0])).Exit);
        Assert.Equal(2, (await server.RunAsync("ledger", "query", "show count", "--proofs", proofs)).Exit);

        Assert.Equal(0, await server.StopAsync());
        var offline = await CliRun.OfAsync("ledger", "query", "agent = bot show at, agent, outcome, decided_in", "--data", server.Data);
        Assert.Equal(table.Output, offline.Output);
        Assert.Equal(csv.Output, (await CliRun.OfAsync("ledger", "query", "show id, outcome limit 1", "--format", "csv", "--all", "--data", server.Data)).Output);
    }

    [Fact]
    public async Task A_wrong_query_and_a_folder_that_is_not_sound_are_told_and_not_answered()
    {
        await using var server = await RunningServer.StartAsync();
        await DecideAsync(server, 1);
        var wrong = await server.RunAsync("ledger", "query", "outcome = DENYY");
        Assert.Equal(2, wrong.Exit);
        Assert.Contains("at 11: outcome is never 'DENYY': did you mean DENY?", wrong.Error, StringComparison.Ordinal);
        await server.StopAsync();

        var offline = await CliRun.OfAsync("ledger", "query", "agnt = bot", "--data", server.Data);
        Assert.Equal(2, offline.Exit);
        Assert.Contains("did you mean agent?", offline.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await CliRun.OfAsync("ledger", "query", "--data", "/nowhere")).Exit);

        // A DENY that somebody made an ALLOW is no answer.
        var segment = Directory.GetFiles(Path.Combine(server.Data, "decisions", "segments")).Order().First();
        var bytes = await File.ReadAllBytesAsync(segment, TestContext.Current.CancellationToken);
        bytes[bytes.AsSpan().IndexOf("\"outcome\":\"DENY\""u8) + 11] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes, TestContext.Current.CancellationToken);
        var touched = await CliRun.OfAsync("ledger", "query", "--data", server.Data);
        Assert.Equal(1, touched.Exit);
        Assert.Contains("is not sound", touched.Error, StringComparison.Ordinal);
    }

    internal static async Task DecideAsync(RunningServer server, int times)
    {
        var agent = JsonNode.Parse((await server.RunAsync("agent", "add", "bot", "--json")).Output)!["agent"]!["id"]!.GetValue<string>();
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(server.Configuration, "administrator.token"))).Trim());
        var point = JsonNode.Parse(await PostAsync(client, "/v1/enforcement-points", $$"""{"name":"point","agents":["{{agent}}"]}"""))!["key"]!.GetValue<string>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", point);
        for (var i = 0; i < times; i++)
            await PostAsync(client, "/access/v1/evaluation", $$$"""{"subject":{"type":"agent","id":"{{{agent}}}"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk/read"}}""");
    }

    private static async Task<string> PostAsync(HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(path, content);
        Assert.True(response.IsSuccessStatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
