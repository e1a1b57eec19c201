using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>Trust on the real path: what an agent does through a door moves its score, and the score decides what it may do next.</summary>
public sealed class TrustTests
{
    [Fact]
    public async Task An_agent_that_goes_on_trying_what_is_forbidden_ends_up_reading_only_across_a_restart()
    {
        await using var writ = await RunningWrit.StartAsync(with: options => options with { Floor = true });
        await FloorTests.RegisterBooksAsync(writ, network: true);
        await writ.PublishAsync("all", """
            permit (principal, action in Writ::Action::"tool/call", resource);
            @id("closed") forbid (principal, action == Writ::Action::"tool/books/note_entry", resource) when { context.args has id && context.args.id == "CLOSED-1" };
            """);
        var registered = await writ.PostAsync("/v1/agents", new JsonObject
        {
            ["name"] = "keeper", ["environment"] = "test", ["ring"] = 1, ["domain"] = "finance", ["grants"] = new JsonArray("books/*"),
        });
        var (id, key) = (registered["agent"]!.Word("id")!, registered.Word("key")!);
        Assert.Equal((500, "standard"), await TrustAsync(writ, id));

        using (var agent = new McpAgent(writ, key, "books"))
        {
            Assert.Null((await CallAsync(agent, "note_entry", "A-1")).Code());
            for (var call = 0; call < 17; call++)
                (await CallAsync(agent, "note_entry", "CLOSED-1")).Refused("WRIT1002");
            (await CallAsync(agent, "note_entry", "A-1")).Refused("WRIT1002");
            Assert.Null((await CallAsync(agent, "get_entry", "A-1")).Code());
        }

        // The effect of reading is recorded after the answer.
        while ((await writ.GetAsync($"/v1/agents/{id}/trust"))["vector"]![3]!["for"]!.GetValue<int>() < 2)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        var (score, tier) = await TrustAsync(writ, id);
        Assert.Equal("untrusted", tier);
        await writ.RestartAsync();
        Assert.Equal((score, tier), await TrustAsync(writ, id));
        using (var agent = new McpAgent(writ, key, "books"))
            (await CallAsync(agent, "note_entry", "A-1")).Refused("WRIT1002");

        var respects = (await writ.GetAsync($"/v1/agents/{id}/trust"))["vector"]!.AsArray();
        Assert.Equal(["identity", "behaviour", "compliance", "reliability", "exposure"], respects.Select(r => r!.Word("respect")));
        var evidence = respects[1]!["evidence"]!.AsArray();
        Assert.Equal(8, evidence.Count);
        var record = (await writ.DecisionsAsync()).First(r => r.Word("id") == evidence[^1]!.GetValue<string>());
        Assert.Equal(("DENY", "WRIT1002"), (record.Word("outcome"), record.Word("code")));
        Assert.True((await writ.GetAsync($"/v1/records?q={Uri.EscapeDataString("trust < 200 and outcome = DENY and agent = keeper")}"))["matched"]!.GetValue<int>() >= 2);
    }

    [Fact]
    public async Task Nobody_states_the_trust_of_an_agent_and_of_an_unknown_one_nothing_is_said()
    {
        await using var writ = await RunningWrit.StartAsync();
        await writ.PostAsync("/v1/agents", new JsonObject { ["name"] = "climber", ["environment"] = "test", ["trust"] = 1000 }, 400);
        using var answer = await writ.Administrator.GetAsync(new Uri($"/v1/agents/{Guid.Empty}/trust", UriKind.Relative));
        Assert.Equal(404, (int)answer.StatusCode);
    }

    private static async Task<(int Score, string? Tier)> TrustAsync(RunningWrit writ, string id)
    {
        var trust = await writ.GetAsync($"/v1/agents/{id}/trust");
        return (trust["score"]!.GetValue<int>(), trust.Word("tier"));
    }

    private static Task<JsonObject> CallAsync(McpAgent agent, string tool, string entry) => agent.CallAsync(tool, new JsonObject { ["id"] = entry });
}
