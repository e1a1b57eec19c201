using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>An agent with a key of its own, from its registration to the record of what it did.</summary>
public sealed class SignedAgentTests
{
    [Fact]
    public async Task An_agent_that_signs_calls_a_tool_and_the_record_says_how_it_proved_itself_also_after_a_restart_and_a_rotation()
    {
        var time = new FakeTime();
        await using var writ = await RunningWrit.StartAsync(time);
        var upstream = await BadServer.RegisterAsync(writ);
        var (id, _) = await writ.AgentAsync("signer", "bad/echo");
        using var first = new SigningHandler(time);
        using var second = new SigningHandler(time);
        var registered = await RegisterAsync(writ, id, first, new JsonObject());
        time.Advance(TimeSpan.FromSeconds(11));

        Assert.Null((await CallAsync(writ, first)).Code());
        Assert.Equal("WRIT3055", (await CallAsync(writ, second)).Code());
        var decision = Assert.Single(await writ.DecisionsAsync(id));
        Assert.Equal((registered, "high"), (decision.Word("credential"), decision.Word("assurance")));

        await writ.RestartAsync();
        Assert.Equal("WRIT3055", (await CallAsync(writ, first)).Code()); // who knows what was used before
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Null((await CallAsync(writ, first)).Code());
        await RegisterAsync(writ, id, second, new JsonObject { ["predecessor"] = registered, ["proof"] = first.Says(SigningHandler.Line("rotation", id, second.Did)) });
        Assert.Null((await CallAsync(writ, second)).Code());
        Assert.Null((await CallAsync(writ, first)).Code());
        time.Advance(TimeSpan.FromDays(7));
        Assert.Equal("WRIT3055", (await CallAsync(writ, first)).Code());
        Assert.Equal(4, upstream.Called().Length);
    }

    private static async Task<string> RegisterAsync(RunningWrit writ, string agent, SigningHandler key, JsonObject body)
    {
        (body["kind"], body["did"], body["possession"]) = ("did-key", key.Did, key.Says(SigningHandler.Line("possession", agent, key.Did)));
        var list = await writ.PostAsync($"/v1/agents/{agent}/credentials", body);
        return list["credentials"]!.AsArray().Single(one => one!["did"]!.GetValue<string>() == key.Did)!["id"]!.GetValue<string>();
    }

    private static async Task<JsonObject> CallAsync(RunningWrit writ, SigningHandler key)
    {
        using var agent = new McpAgent(new HttpClient(key, disposeHandler: false) { BaseAddress = writ.Address }, "bad");
        return await agent.CallAsync("echo");
    }
}
