using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>The sample bundle before the sample desk: the five outcomes, and what each leaves at the desk and in the records.</summary>
public sealed class SupportDeskTests
{
    [Fact]
    public async Task A_call_is_decided_recorded_forwarded_and_its_effect_recorded()
    {
        await using var writ = await RunningWrit.StartAsync();
        var desk = await Desk.RegisterAsync(writ);
        await Desk.PublishSampleAsync(writ);
        var (id, key) = await writ.AgentAsync("helper", "support-desk/*");
        using var agent = new McpAgent(writ, key, "support-desk");

        var order = (await agent.CallAsync("get_order", new JsonObject { ["order_id"] = "NW-1007" })).Result();
        Assert.Equal("Bicycle light", order["structuredContent"]!.Word("item"));
        Assert.Equal("NW-1007", Assert.Single(desk.Calls())["arguments"]!.Word("order_id"));

        var decision = Assert.Single(await writ.DecisionsAsync());
        Assert.Equal("ALLOW", decision.Word("outcome"));
        Assert.Equal(id, decision.Word("agent"));
        Assert.Equal("tool/support-desk/get_order", decision.Word("action"));
        Assert.Equal("executed", (await writ.NewestEffectAsync()).Word("status"));
    }

    [Fact]
    public async Task A_constrained_call_runs_with_the_limit_applied_at_the_desk()
    {
        await using var writ = await RunningWrit.StartAsync();
        var desk = await Desk.RegisterAsync(writ);
        await Desk.PublishSampleAsync(writ);
        var (_, key) = await writ.AgentAsync("helper", "support-desk/*");
        using var agent = new McpAgent(writ, key, "support-desk");

        (await agent.CallAsync("search_orders", new JsonObject { ["limit"] = 500 })).Result();
        (await agent.CallAsync("search_orders", new JsonObject { ["limit"] = 7 })).Result();

        Assert.Equal([20, 7], desk.Calls().Select(c => c["arguments"]!["limit"]!.GetValue<int>()));
        var decisions = await writ.DecisionsAsync();
        Assert.Equal(["ALLOW", "ALLOW_WITH_CONSTRAINTS"], decisions.Select(d => d.Word("outcome")));
        Assert.Contains("argument_clamp", decisions[1]["constraints"]!.ToJsonString());
    }

    [Fact]
    public async Task T16_an_approved_call_runs_once_and_covers_nothing_else()
    {
        await using var writ = await RunningWrit.StartAsync();
        var desk = await Desk.RegisterAsync(writ);
        await Desk.PublishSampleAsync(writ);
        var (_, key) = await writ.AgentAsync("helper", "support-desk/*");
        var (_, otherKey) = await writ.AgentAsync("other", "support-desk/*");
        using var agent = new McpAgent(writ, key, "support-desk");
        using var other = new McpAgent(writ, otherKey, "support-desk");

        var approval = (await agent.CallAsync("refund_order", Refund("80.00"))).Held();
        Assert.Equal(approval, (await agent.CallAsync("refund_order", Refund("80.00"))).Held());
        Assert.Equal("approved", (await writ.ApproveAsync(approval)).Word("state"));

        Assert.NotEqual(approval, (await agent.CallAsync("refund_order", Refund("81.00"))).Held());
        Assert.NotEqual(approval, (await other.CallAsync("refund_order", Refund("80.00"))).Held());
        Assert.Empty(desk.Calls());

        (await agent.CallAsync("refund_order", Refund("80.00"))).Result();
        Assert.NotEqual(approval, (await agent.CallAsync("refund_order", Refund("80.00"))).Held());
        Assert.Equal(["refund_order"], desk.Called());

        var ran = Assert.Single(await writ.DecisionsAsync(), d => d.Word("outcome") == "ALLOW" && d.Word("door") != "facts");
        Assert.Equal(approval, ran["approval"]!.Word("id"));
        Assert.Equal("executed", ran.Effect());
    }

    [Fact]
    public async Task A_remedy_is_offered_and_its_call_works()
    {
        await using var writ = await RunningWrit.StartAsync();
        var desk = await Desk.RegisterAsync(writ);
        await Desk.PublishSampleAsync(writ);
        var (_, key) = await writ.AgentAsync("helper", "support-desk/*");
        using var agent = new McpAgent(writ, key, "support-desk");

        var refusal = await agent.CallAsync("delete_customers", new JsonObject { ["customer_ids"] = new JsonArray("C-104", "C-108") });
        refusal.Refused("WRIT1007");
        Assert.Equal("REMEDIATE", refusal.Outcome());
        Assert.Empty(desk.Calls());

        var remedy = refusal["error"]!["data"]!["remedy"]!;
        (await agent.CallAsync(remedy.Word("name")!, remedy["arguments"]!.DeepClone().AsObject())).Result();
        var call = Assert.Single(desk.Calls());
        Assert.Equal("archive_customers", call.Word("tool"));
        Assert.Equal("""["C-104","C-108"]""", call["arguments"]!["customer_ids"]!.ToJsonString());
    }

    [Fact]
    public async Task What_is_denied_never_reaches_the_desk_and_tells_the_agent_no_rule()
    {
        await using var writ = await RunningWrit.StartAsync();
        var desk = await Desk.RegisterAsync(writ);
        await Desk.PublishSampleAsync(writ);
        var (_, key) = await writ.AgentAsync("helper", "support-desk/*");
        using var agent = new McpAgent(writ, key, "support-desk");

        var refusals = new[]
        {
            await agent.CallAsync("refund_order", Refund("1000.01")),
            await agent.CallAsync("send_mail", new JsonObject { ["to"] = "backup@data-custody.example", ["subject"] = "s", ["body"] = "b" }),
            await agent.CallAsync("export_customers", new JsonObject { ["limit"] = 1 }),
        };
        Assert.Equal(["WRIT1002", "WRIT1002", "WRIT1001"], refusals.Select(r => r.Code()));
        Assert.All(refusals, r =>
        {
            Assert.Equal("DENY", r.Outcome());
            Assert.DoesNotContain("no-refund", r.ToJsonString());
            Assert.DoesNotContain("1000 EUR", r.ToJsonString());
        });
        Assert.Empty(desk.Calls());

        // What the agent was not told, a person finds by the token it was given.
        var found = await writ.GetAsync($"/v1/escalations/{refusals[0]["error"]!["data"]!.Word("escalation")}");
        Assert.Contains("no-refund-above-1000", found["rules"]!.ToJsonString());
        Assert.All((await writ.DecisionsAsync()).Where(d => d.Word("door") != "facts"), d => Assert.Null(d["effect_record"]));
    }

    private static JsonObject Refund(string amount) =>
        new() { ["order_id"] = "NW-1011", ["amount"] = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), ["reason"] = "broken" };
}
