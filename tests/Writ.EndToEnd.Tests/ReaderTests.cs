using System.Text.Json.Nodes;

namespace Writ.EndToEnd.Tests;

/// <summary>Engineers, security and compliance each read what is theirs, by every way there is.</summary>
public sealed class ReaderTests
{
    private const string Policy = """
        permit (principal, action, resource);

        @id("ask") @discharge("approval") @approvers("person/boss")
        forbid (principal, action == Writ::Action::"tool/bad/echo", resource);
        """;

    [Fact]
    public async Task An_app_engineer_reads_the_records_of_own_agents_alone_and_nothing_sealed()
    {
        await using var writ = await RunningWrit.StartAsync();
        await BadServer.RegisterAsync(writ, "permit (principal, action, resource);");
        var people = new Dictionary<string, HttpClient>
        {
            ["app"] = await PersonAsync(writ, "mia", "app"),
            ["platform"] = await PersonAsync(writ, "pia", "platform"),
            ["compliance"] = await PersonAsync(writ, "cia", "compliance"),
        };
        await writ.PostAsync("/v1/teams", new JsonObject { ["name"] = "billing", ["members"] = new JsonArray("mia") });
        var own = await AgentAsync(writ, "own", "billing");
        var others = await AgentAsync(writ, "others", "shipping");
        foreach (var agent in new[] { own, others })
        {
            using var calling = new McpAgent(writ, agent.Key, "bad");
            (await calling.CallAsync("echo")).Result();
        }

        var decisions = await writ.DecisionsAsync();
        var (mine, theirs) = (decisions.Single(d => d.Word("agent") == own.Id), decisions.Single(d => d.Word("agent") == others.Id));
        await writ.PostAsync("/v1/ledger/checkpoint", status: 200);

        foreach (var (who, rows, other, payload, entries) in new[] { ("app", 1, 404, 403, 403), ("platform", 2, 200, 403, 403), ("compliance", 2, 200, 200, 200) })
        {
            var client = people[who];
            Assert.Equal(rows, (await AskAsync(client, "/v1/decisions"))!["decisions"]!.AsArray().Count);
            Assert.Equal(rows, (await AskAsync(client, "/v1/records?q="))!["matched"]!.GetValue<int>());
            Assert.Equal(rows, (await AskAsync(client, "/v1/records?q=" + Uri.EscapeDataString("not kind = effect and has agent and has outcome show count")))!["rows"]![0]!["count"]!.GetValue<int>());
            Assert.Equal((200, other), (await StatusAsync(client, $"/v1/decisions/{mine.Word("id")}"), await StatusAsync(client, $"/v1/decisions/{theirs.Word("id")}")));
            Assert.Equal(payload, await StatusAsync(client, $"/v1/decisions/{mine.Word("id")}/payload"));
            foreach (var log in new[] { "decisions", "control" })
            {
                Assert.Equal(entries, await StatusAsync(client, $"/log/{log}/tile/entries/000.p/1"));
                Assert.Equal(200, await StatusAsync(client, $"/log/{log}/tile/0/000.p/1"));
                Assert.Equal(200, await StatusAsync(client, $"/log/{log}/checkpoint"));
            }
        }
    }

    [Fact]
    public async Task What_an_agent_wrote_in_a_held_call_is_seen_by_whom_the_policy_asks()
    {
        await using var writ = await RunningWrit.StartAsync();
        var boss = await PersonAsync(writ, "boss", "app");
        var passer = await PersonAsync(writ, "passer", "app");
        var operations = await PersonAsync(writ, "operations", "platform");
        await BadServer.RegisterAsync(writ, Policy);
        var (_, key) = await writ.AgentAsync("helper", "bad/*");
        using var agent = new McpAgent(writ, key, "bad");
        var approval = (await agent.CallAsync("echo", new JsonObject { ["text"] = "ask" })).Held();
        Assert.Equal("ask", (await AskAsync(boss, $"/v1/approvals/{approval}"))!["arguments"]!.Word("text"));
        Assert.Equal("ask", (await writ.GetAsync($"/v1/approvals/{approval}"))["arguments"]!.Word("text"));
        Assert.Equal(404, await StatusAsync(passer, $"/v1/approvals/{approval}"));
        var seen = await AskAsync(operations, $"/v1/approvals/{approval}");
        Assert.Equal(approval, seen!.Word("id"));
        Assert.Null(seen!["arguments"]);
    }

    private static async Task<HttpClient> PersonAsync(RunningWrit writ, string name, string capability) =>
        writ.Client((await writ.PostAsync("/v1/people", new JsonObject { ["name"] = name, ["capabilities"] = new JsonArray(capability) })).Word("token")!);

    private static async Task<(string Id, string Key)> AgentAsync(RunningWrit writ, string name, string team)
    {
        var answer = await writ.PostAsync("/v1/agents", new JsonObject { ["name"] = name, ["environment"] = "staging", ["team"] = team, ["grants"] = new JsonArray("bad/*") });
        return (answer["agent"]!.Word("id")!, answer.Word("key")!);
    }

    private static async Task<JsonObject?> AskAsync(HttpClient client, string path) => JsonNode.Parse(await client.GetStringAsync(path))?.AsObject();

    private static async Task<int> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return (int)answer.StatusCode;
    }
}
