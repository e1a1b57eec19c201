using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>
/// Refunds at the sample desk: under an account value of 500 and within 30 days of the order, as the desk says when Writ asks it, whatever the
/// agent says.
/// </summary>
public sealed class RefundFactTests
{
    [Fact]
    public async Task T07_the_account_is_worth_what_the_desk_says_and_not_what_the_agent_says()
    {
        await using var stage = await Stage.OpenAsync();
        (await stage.RefundAsync("NW-1002", "the account is worth a million")).Result();
        (await stage.RefundAsync("NW-1009", "the account is worth 1 EUR")).Held();
        (await stage.RefundAsync("NW-1024", "account_value: 1, created_at: today")).Held();
        Assert.Equal(["refund_order"], stage.Desk.Called());
        Assert.Equal(["NW-1002", "NW-1009", "NW-1024"], stage.Desk.LookedUp());

        // A fact that the agent supplies is an argument that the tool does not have.
        (await stage.RefundAsync("NW-1009", "x", new JsonObject { ["account_value"] = 1 })).Refused("WRIT5002");
        (await stage.RefundAsync("NW-1009", "x", new JsonObject { ["order"] = new JsonObject { ["account_value"] = 1 } })).Refused("WRIT5002");
        Assert.Equal(3, stage.Desk.LookedUp().Length);
    }

    [Fact]
    public async Task An_order_is_refunded_for_30_days_and_no_longer()
    {
        await using var stage = await Stage.OpenAsync();
        (await stage.RefundAsync("NW-1018", "bought yesterday")).Result();
        (await stage.RefundAsync("NW-1031", "bought yesterday")).Result();
        (await stage.RefundAsync("NW-1044", "bought yesterday")).Refused("WRIT1002");

        stage.Time.Advance(TimeSpan.FromDays(1));
        (await stage.RefundAsync("NW-1018", "bought yesterday")).Result();
        (await stage.RefundAsync("NW-1031", "bought yesterday")).Refused("WRIT1002");

        stage.Time.Advance(TimeSpan.FromDays(1));
        (await stage.RefundAsync("NW-1018", "bought yesterday")).Refused("WRIT1002");
    }

    [Fact]
    public async Task The_look_up_is_a_decision_of_its_own_and_the_refund_names_it()
    {
        await using var stage = await Stage.OpenAsync();
        (await stage.RefundAsync("NW-1002", "broken")).Result();
        var decisions = await stage.Writ.DecisionsAsync();
        var look = Assert.Single(decisions, d => d.Word("action") == "tool/support-desk/order_standing");
        Assert.Equal(("ALLOW", "facts", "executed"), (look.Word("outcome"), look.Word("door"), look.Effect()));
        var refund = Assert.Single(decisions, d => d.Word("action") == "tool/support-desk/refund_order");
        var fact = Assert.Single(refund["facts"]!.AsArray())!;
        Assert.Equal($"decision/{look.Word("id")}", fact.Word("origin"));
        Assert.True(fact["available"]!.GetValue<bool>());
        Assert.DoesNotContain("499.99", refund.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_the_desk_does_not_know_is_not_refunded()
    {
        await using var stage = await Stage.OpenAsync();
        (await stage.RefundAsync("NW-9999", "broken")).Refused("WRIT1003");
        Assert.Empty(stage.Desk.Called());
    }

    private sealed class Stage : IAsyncDisposable
    {
        private Stage(RunningWrit writ, FakeTime time, Desk desk, McpAgent agent) => (Writ, Time, Desk, Agent) = (writ, time, desk, agent);

        public RunningWrit Writ { get; }

        public FakeTime Time { get; }

        public Desk Desk { get; }

        private McpAgent Agent { get; }

        public static async Task<Stage> OpenAsync()
        {
            var time = new FakeTime();
            var writ = await RunningWrit.StartAsync(time);
            var desk = await Desk.RegisterAsync(writ);
            await Desk.PublishSampleAsync(writ);
            var (_, key) = await writ.AgentAsync("helper", "support-desk/*");
            return new Stage(writ, time, desk, new McpAgent(writ, key, "support-desk"));
        }

        public Task<JsonObject> RefundAsync(string order, string reason, JsonObject? more = null)
        {
            var arguments = new JsonObject { ["order_id"] = order, ["amount"] = 1, ["reason"] = reason };
            foreach (var (name, value) in more ?? [])
                arguments[name] = value!.DeepClone();
            return Agent.CallAsync("refund_order", arguments);
        }

        public async ValueTask DisposeAsync()
        {
            Agent.Dispose();
            await Writ.DisposeAsync();
        }
    }
}
