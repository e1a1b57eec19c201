using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>What agents did through the door, asked for in one line.</summary>
public sealed class RecordQueryTests
{
    [Fact]
    public async Task Refunds_that_people_approved_above_an_amount_are_one_line_before_and_after_a_restart()
    {
        await using var writ = await RunningWrit.StartAsync();
        await Desk.RegisterAsync(writ);
        await Desk.PublishSampleAsync(writ);
        var (id, key) = await writ.AgentAsync("helper", "support-desk/*");
        using (var agent = new McpAgent(writ, key, "support-desk"))
        {
            await agent.CallAsync("refund_order", Refund(20)); // small: nobody is asked
            foreach (var amount in new[] { 60, 80 })
            {
                var approval = (await agent.CallAsync("refund_order", Refund(amount))).Held();
                await writ.ApproveAsync(approval);
                await agent.CallAsync("refund_order", Refund(amount));
            }

            (await agent.CallAsync("refund_order", Refund(90))).Held(); // never answered
            (await agent.CallAsync("refund_order", Refund(2_000))).Refused("WRIT1002");
        }

        var query = $"tool = support-desk/refund_order and outcome = ALLOW and has approver and amount > 70 and at in {writ.Time.GetUtcNow():yyyy} show agent, amount, approver, status";
        await Check();
        await writ.RestartAsync();
        await Check();

        async Task Check()
        {
            var row = Assert.Single((await AskAsync(writ, query))["rows"]!.AsArray())!;
            Assert.Equal(id, row.Word("agent"));
            Assert.Equal(80, row["amount"]!.GetValue<decimal>());
            Assert.Equal("administrator", Assert.Single(row["approver"]!.AsArray())!.GetValue<string>());
            Assert.NotNull(row.Word("status"));
            var outcomes = (await AskAsync(writ, "agent = helper and tool = refund_order group by outcome order by outcome"))["rows"]!.AsArray();
            Assert.Equal(["ALLOW 3", "DENY 1", "REQUIRE_APPROVAL 3"], outcomes.Select(r => $"{r!.Word("outcome")} {r!["count"]}"));
            Assert.Equal(2, (await AskAsync(writ, "answer = approved and outcome = REQUIRE_APPROVAL and has waited"))["matched"]!.GetValue<long>());
        }
    }

    private static Task<JsonObject> AskAsync(RunningWrit writ, string query) => writ.GetAsync($"/v1/records?q={Uri.EscapeDataString(query)}");

    private static JsonObject Refund(int amount) => new() { ["order_id"] = "NW-1011", ["amount"] = amount, ["reason"] = "broken" };
}
