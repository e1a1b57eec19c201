using System.Text.Json.Nodes;
using Writ.Server.Configuration;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>Servers that hang, die, flood, talk garbage or change their mind: a clear refusal, a settled effect, and Writ goes on.</summary>
public sealed class BrokenUpstreamTests
{
    [Fact]
    public async Task A_server_that_hangs_is_given_up_and_the_effect_says_so()
    {
        await using var writ = await RunningWrit.StartAsync(with: o => o with { Limits = new LimitSettings { UpstreamTimeout = TimeSpan.FromSeconds(1) } });
        var bad = await BadServer.RegisterAsync(writ);
        using var agent = new McpAgent(writ, (await writ.AgentAsync("helper", "bad/*")).Key, "bad");

        var refusal = await agent.CallAsync("hang");
        refusal.Refused("WRIT5111");
        Assert.Contains("did not answer in time", refusal["error"]!.Word("message"));
        Assert.Equal("timed_out", Assert.Single(await writ.DecisionsAsync()).Effect());
        (await agent.CallAsync("echo")).Result();
        Assert.Equal(["hang", "echo"], bad.Called());
    }

    [Fact]
    public async Task A_server_that_dies_mid_call_leaves_an_unknown_effect_and_is_started_again()
    {
        var time = new FakeTime();
        await using var writ = await RunningWrit.StartAsync(time);
        var bad = await BadServer.RegisterAsync(writ);
        using var agent = new McpAgent(writ, (await writ.AgentAsync("helper", "bad/*")).Key, "bad");

        (await agent.CallAsync("die")).Refused("WRIT5112");
        var effect = Assert.Single(await writ.DecisionsAsync())["effect_record"]!;
        Assert.Equal("unknown", effect.Word("status"));
        Assert.Equal("upstream_died", effect.Word("error"));

        // It is not started again at once, so that a server that always dies does not keep the machine busy.
        (await agent.CallAsync("echo")).Refused("WRIT5110");
        Assert.Equal("not_dispatched", (await writ.NewestEffectAsync()).Word("status"));
        time.Advance(TimeSpan.FromMinutes(2));
        (await agent.CallAsync("echo")).Result();
        Assert.Equal(["die", "echo"], bad.Called());
    }

    [Fact]
    public async Task Floods_and_garbage_around_an_answer_do_not_reach_the_agent()
    {
        await using var writ = await RunningWrit.StartAsync();
        await BadServer.RegisterAsync(writ);
        using var agent = new McpAgent(writ, (await writ.AgentAsync("helper", "bad/*")).Key, "bad");

        Assert.Equal("flooded", (await agent.CallAsync("flood")).Result()["content"]![0]!.Word("text"));
        var right = (await agent.CallAsync("garbage")).Result();
        Assert.True(right["right"]!.GetValue<bool>());
        Assert.DoesNotContain("forged", right.ToJsonString());
    }

    [Fact]
    public async Task Arguments_and_results_pass_through_untouched_and_what_no_policy_reads_does_not()
    {
        await using var writ = await RunningWrit.StartAsync();
        await BadServer.RegisterAsync(writ);
        using var agent = new McpAgent(writ, (await writ.AgentAsync("helper", "bad/*")).Key, "bad");

        var result = (await agent.SendAsync(
            "tools/call",
            new JsonObject { ["name"] = "echo", ["arguments"] = new JsonObject { ["n"] = 9007199254740991, ["deep"] = new JsonArray(1.50m, "ü") } },
            "echo")).Result();
        Assert.Equal(1, result["x-unknown"]!["big"]!.GetValue<int>());
        Assert.Contains("9007199254740991", result["echoed"]!["arguments"]!.ToJsonString());

        var refused = await agent.SendAsync("tools/call", new JsonObject { ["name"] = "echo", ["x-vendor"] = "unread" }, "echo");
        Assert.Equal("WRIT5106", refused["error"]!["data"]!.Word("code"));
    }

    [Fact]
    public async Task T68_a_client_that_disconnects_leaves_no_open_effect()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ);
        var (_, key) = await writ.AgentAsync("helper", "bad/*");
        using (var agent = new McpAgent(writ, key, "bad"))
        {
            var call = agent.CallAsync("hang");
            await bad.ReachedAsync(1);
            agent.Dispose();
            await Assert.ThrowsAnyAsync<Exception>(() => call);
        }

        var effect = await writ.NewestEffectAsync();
        Assert.Equal("cancelled", effect.Word("status"));
        Assert.Equal("caller_cancelled", effect.Word("error"));
    }

    [Fact]
    public async Task T60_a_definition_that_changes_after_admission_stops_the_tool_before_anything_is_sent()
    {
        await using var writ = await RunningWrit.StartAsync(with: o => o with { Limits = new LimitSettings { UpstreamTimeout = TimeSpan.FromSeconds(1) } });
        var bad = await BadServer.RegisterAsync(writ);
        using var agent = new McpAgent(writ, (await writ.AgentAsync("helper", "bad/*")).Key, "bad");
        (await agent.CallAsync("echo")).Result();

        bad.Mark("something else");
        (await agent.CallAsync("hang")).Refused("WRIT5111");
        Assert.Equal(["echo", "hang"], bad.Called());
        (await agent.CallAsync("echo")).Refused("WRIT5001");
        Assert.Equal(["echo", "hang"], bad.Called());
        Assert.Empty(await agent.ToolsAsync());

        // What is shown again as it was is still for people to judge.
        bad.Mark("as admitted");
        await writ.RestartAsync();
        using var again = new McpAgent(writ, (await writ.AgentAsync("second", "bad/*")).Key, "bad");
        (await again.CallAsync("echo")).Refused("WRIT5001");
        Assert.Equal(["echo", "hang"], bad.Called());
    }

    [Fact]
    public async Task A_server_that_does_not_start_is_a_clear_refusal_and_hides_no_other()
    {
        await using var writ = await RunningWrit.StartAsync();
        await BadServer.RegisterAsync(writ);
        var answer = await writ.PostAsync("/v1/servers", new JsonObject
        {
            ["slug"] = "gone",
            ["connection"] = Upstreams.Misbehaving(Path.Combine(writ.Folder, "bad"), "exit"),
            ["tools"] = new JsonObject { ["echo"] = RunningWrit.Classification("read") },
        });
        Assert.NotNull(answer["fault"]);
        using var agent = new McpAgent(writ, (await writ.AgentAsync("helper", "bad/*", "gone/*")).Key);

        Assert.Contains("bad__echo", await agent.ToolsAsync());
        (await agent.CallAsync("gone__echo")).Refused("WRIT3004");
        (await agent.CallAsync("bad__echo")).Result();
    }

    [Fact]
    public async Task Suspending_an_agent_ends_what_it_has_running_and_settles_it()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ);
        var (id, key) = await writ.AgentAsync("helper", "bad/*");
        using var agent = new McpAgent(writ, key, "bad");
        using var other = new McpAgent(writ, (await writ.AgentAsync("other", "bad/*")).Key, "bad");
        (await other.CallAsync("echo")).Result();
        var running = agent.CallAsync("hang");
        await bad.ReachedAsync(2);

        await writ.PostAsync($"/v1/agents/{id}/suspend", new JsonObject { ["reason"] = "stop" }, 200);
        Assert.NotNull((await running)["error"]);
        Assert.Equal("unknown", (await writ.NewestEffectAsync()).Word("status"));

        // Nobody else's process went with it.
        (await other.CallAsync("echo")).Result();
        Assert.Equal(["echo", "hang", "echo"], bad.Called());
    }

    [Fact]
    public async Task T59_a_url_inside_the_house_is_reached_only_where_a_person_named_the_address()
    {
        await using var writ = await RunningWrit.StartAsync();
        await using var notes = await Notebook.StartAsync(Path.Combine(writ.Folder, "notes.jsonl"));
        var connection = Upstreams.Http(notes.Port);
        connection.Remove("allowed_addresses");
        var answer = await writ.PostAsync("/v1/servers", new JsonObject
        {
            ["slug"] = "notes",
            ["connection"] = connection,
            ["tools"] = new JsonObject { ["read_note"] = RunningWrit.Classification("read") },
        });
        Assert.NotNull(answer["fault"]);
        Assert.Empty(answer["server"]!["tools"]!.AsArray());
    }
}
