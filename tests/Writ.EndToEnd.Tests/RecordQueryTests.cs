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

    [Fact]
    public async Task Whoever_knows_a_resource_finds_every_call_about_it_and_no_file_tells_its_id()
    {
        await using var writ = await RunningWrit.StartAsync();
        await Desk.RegisterAsync(writ);
        await Desk.PublishSampleAsync(writ);
        using (var agent = new McpAgent(writ, (await writ.AgentAsync("helper", "support-desk/*")).Key, "support-desk"))
        {
            await agent.CallAsync("get_order", new JsonObject { ["order_id"] = "NW-1011" });
            await agent.CallAsync("get_order", new JsonObject { ["order_id"] = "NW-1012" });
            (await agent.CallAsync("refund_order", Refund(2_000))).Refused("WRIT1002");
            await agent.CallAsync("delete_customers", new JsonObject { ["customer_ids"] = new JsonArray([.. Enumerable.Range(101, 20).Select(n => (JsonNode)$"C-{n}")]) });
        }

        var found = await AskAsync(writ, "resource = order/NW-1011 and door != facts show tool, outcome, resource");
        Assert.Equal(["refund_order DENY", "get_order ALLOW"], found["rows"]!.AsArray().Select(r => $"{r!.Word("tool")} {r!.Word("outcome")}"));
        var name = Assert.Single(found["rows"]![0]!["resource"]!.AsArray())!.GetValue<string>();
        Assert.Matches("^order/[0-9a-f]{32}$", name);
        Assert.Equal(2, (await AskAsync(writ, $"resource = \"{name}\" and door != facts"))["matched"]!.GetValue<long>());
        Assert.Equal(0, (await AskAsync(writ, "resource = order/NW-9999"))["matched"]!.GetValue<long>());
        var deleted = (await writ.DecisionsAsync())[0];
        Assert.Equal((16, 4), (deleted["resources"]!.AsArray().Count, deleted["resources_omitted"]!.GetValue<int>()));
        Assert.Equal("WRIT2060", (await writ.GetAsync("/v1/records?q=" + Uri.EscapeDataString("resource = NW-1011"), 400)).Word("code"));

        await writ.StopAsync();
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(writ.Folder, "data"), "*", SearchOption.AllDirectories), file => File.ReadAllBytes(file).AsSpan().IndexOf("NW-1011"u8) >= 0);
    }

    private static Task<JsonObject> AskAsync(RunningWrit writ, string query) => writ.GetAsync($"/v1/records?q={Uri.EscapeDataString(query)}");

    private static JsonObject Refund(int amount) => new() { ["order_id"] = "NW-1011", ["amount"] = amount, ["reason"] = "broken" };
}
