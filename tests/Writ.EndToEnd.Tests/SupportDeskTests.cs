using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

public sealed class SupportDeskTests
{
    [Fact]
    public async Task A_call_is_decided_recorded_forwarded_and_its_effect_recorded()
    {
        await using var writ = await RunningWrit.StartAsync();
        await using var desk = await Desk.RegisterAsync(writ);
        await Desk.PublishSampleAsync(writ);
        var (_, key) = await writ.AgentAsync("helper", "support-desk/*");
        using var agent = new McpAgent(writ, key, "support-desk");

        var answer = await agent.CallAsync("get_order", new JsonObject { ["order_id"] = "NW-1007" });
        Assert.True(answer["result"] is not null, answer.ToJsonString());
        Assert.Single(desk.Calls());

        var decisions = (await writ.GetAsync("/v1/decisions"))["decisions"]!.AsArray();
        var decision = Assert.Single(decisions)!;
        Assert.Equal("ALLOW", decision["outcome"]!.GetValue<string>());
        Assert.Equal("executed", decision["effect_record"]!["status"]!.GetValue<string>());
    }
}
