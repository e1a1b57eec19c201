using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Writ.EndToEnd.Tests;

/// <summary>A kill over the API, with real agents, a real server process and calls under way.</summary>
public sealed class KillTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task T27_T84_a_kill_ends_the_calls_and_the_processes_of_what_it_names_and_of_nothing_else()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ);
        var (rogue, calm) = (await writ.AgentAsync("rogue", "bad/*"), await writ.AgentAsync("calm", "bad/*"));
        using var calling = new McpAgent(writ, rogue.Key, "bad");
        using var calmly = new McpAgent(writ, calm.Key, "bad");
        var (hanging, waiting) = (calling.CallAsync("hang"), calmly.CallAsync("hang"));
        await bad.ReachedAsync(2);

        var kill = (await writ.PostAsync("/v1/kills", new JsonObject { ["scope"] = "agent/rogue", ["reason"] = "pays twice", ["detected_at"] = DateTimeOffset.UtcNow.AddSeconds(-1) }))["kill"]!;
        Assert.Equal($"agent/{rogue.Id}", kill.Word("scope"));
        (await hanging).Refused("WRIT4030");
        Assert.False(waiting.IsCompleted);
        var effect = (await writ.DecisionsAsync(rogue.Id)).Single()["effect_record"]!;
        Assert.Equal(("cancelled", "killed"), (effect.Word("status"), effect.Word("error")));

        (await calling.CallAsync("echo")).Refused("WRIT4030");
        Assert.Empty(await calling.ToolsAsync());
        (await calmly.CallAsync("echo")).Result();
        Assert.Equal(["hang", "hang", "echo"], bad.Called());
        var newest = (await writ.DecisionsAsync(rogue.Id))[0];
        Assert.Equal(("DENY", "WRIT4030"), (newest.Word("outcome"), newest.Word("code")));
        Assert.Contains("pays twice", newest.Word("detail"));

        JsonNode standing;
        while ((standing = (await writ.GetAsync("/v1/kills"))["standing"]![0]!)["calls"] is null)
            Stop.ThrowIfCancellationRequested();
        Assert.Equal(1, standing["calls"]!.GetValue<int>());
        Assert.True(standing["time_to_kill_us"]!.GetValue<long>() >= 1_000_000 + standing["stopped_after_us"]!.GetValue<long>());

        await writ.PostAsync("/v1/kills", new JsonObject { ["scope"] = "server/bad", ["reason"] = "r" });
        (await waiting).Refused("WRIT4030");
        await writ.PostAsync($"/v1/kills/{(await writ.GetAsync("/v1/kills"))["standing"]![1]!.Word("id")}/lift", new JsonObject { ["reason"] = "r" }, 200);
        await writ.RestartAsync();
        using var again = new McpAgent(writ, rogue.Key, "bad");
        (await again.CallAsync("echo")).Refused("WRIT4030");
        var lifted = (await writ.PostAsync($"/v1/kills/{kill.Word("id")}/lift", new JsonObject { ["reason"] = "fixed" }, 200))["kill"]!;
        Assert.Equal("administrator", lifted.Word("lifted_by"));
        (await again.CallAsync("echo")).Result();
    }

    [Fact]
    public async Task Killing_everything_stops_every_door_and_leaves_the_ways_back()
    {
        await using var writ = await RunningWrit.StartAsync();
        await BadServer.RegisterAsync(writ);
        var (id, key) = await writ.AgentAsync("helper", "bad/*");
        var point = (await writ.PostAsync("/v1/enforcement-points", new JsonObject { ["name"] = "till", ["agents"] = new JsonArray(id) })).Word("key")!;
        using var agent = new McpAgent(writ, key);
        using var till = writ.Client(point);
        Assert.True(await AskAsync(till, id));
        var kill = (await writ.PostAsync("/v1/kills", new JsonObject { ["scope"] = "everything", ["reason"] = "incident" }))["kill"]!;
        Assert.False(await AskAsync(till, id));
        (await agent.CallAsync("bad__echo")).Refused("WRIT4030");
        Assert.Empty(await agent.ToolsAsync());

        // Whoever stops everything can still look, revoke, and take back what was published.
        Assert.NotEmpty(await writ.DecisionsAsync());
        await writ.PublishAsync("bad", "forbid (principal, action, resource);", status: 201);
        await writ.PostAsync($"/v1/agents/{id}/suspend", new JsonObject { ["reason"] = "r" }, 200);
        await writ.PostAsync($"/v1/kills/{kill.Word("id")}/lift", new JsonObject { ["reason"] = "over" }, 200);
    }

    [Fact]
    public async Task Agents_and_other_people_kill_nothing_and_lift_nothing()
    {
        await using var writ = await RunningWrit.StartAsync();
        var (id, key) = await writ.AgentAsync("helper", "bad/*");
        var app = (await writ.PostAsync("/v1/people", new JsonObject { ["name"] = "pat", ["capabilities"] = new JsonArray("app", "platform", "compliance") })).Word("token")!;
        var kill = (await writ.PostAsync("/v1/kills", new JsonObject { ["scope"] = $"agent/{id}", ["reason"] = "r" }))["kill"]!;
        foreach (var token in new[] { key, app })
        {
            using var client = writ.Client(token);
            foreach (var (path, body) in new[]
            {
                ("/v1/kills", new JsonObject { ["scope"] = "everything", ["reason"] = "r" }),
                ($"/v1/kills/{kill.Word("id")}/lift", new JsonObject { ["reason"] = "r" }),
            })
            {
                using var answer = await client.PostAsJsonAsync(path, body, Stop);
                Assert.Equal(403, (int)answer.StatusCode);
            }
        }

        // Nobody is called by another's id, so that a kill never goes to a decoy.
        await writ.PostAsync("/v1/agents", new JsonObject { ["name"] = id, ["environment"] = "staging" }, 400);
        Assert.Equal(kill.Word("id"), (await writ.PostAsync("/v1/kills", new JsonObject { ["scope"] = "agent/helper", ["reason"] = "again" }, 200))["kill"]!.Word("id"));
        foreach (var (scope, reason, status) in new[] { ("agent/nobody", "r", 400), ("server/nowhere", "r", 404), ("everything", "", 400), ("all", "r", 400) })
            await writ.PostAsync("/v1/kills", new JsonObject { ["scope"] = scope, ["reason"] = reason }, status);
        await writ.PostAsync("/v1/kills", new JsonObject { ["scope"] = "everything", ["reason"] = "r", ["detected_at"] = DateTimeOffset.UtcNow.AddDays(1) }, 400);
        await writ.PostAsync($"/v1/kills/{Guid.Empty}/lift", new JsonObject { ["reason"] = "r" }, 404);
        Assert.Single((await writ.GetAsync("/v1/kills"))["standing"]!.AsArray());
    }

    private static async Task<bool> AskAsync(HttpClient till, string agent)
    {
        using var answer = await till.PostAsJsonAsync("/access/v1/evaluation", new JsonObject
        {
            ["subject"] = new JsonObject { ["type"] = "agent", ["id"] = agent },
            ["action"] = new JsonObject { ["name"] = "tool/call" },
            ["resource"] = new JsonObject { ["type"] = "tool", ["id"] = "bad/echo" },
        }, Stop);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!["decision"]!.GetValue<bool>();
    }
}
