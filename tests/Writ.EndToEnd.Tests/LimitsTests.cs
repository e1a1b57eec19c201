using System.Text.Json.Nodes;

namespace Writ.EndToEnd.Tests;

/// <summary>The kinds of limits through the MCP door: what the desk's own log says reached it, and what came back.</summary>
public sealed class LimitsTests
{
    [Fact]
    public async Task T57_what_a_limit_refuses_never_reaches_the_server_and_what_it_allows_does()
    {
        await using var writ = await RunningWrit.StartAsync();
        var desk = await Desk.RegisterAsync(writ);
        await writ.PublishAsync("limits", "permit (principal, action in Writ::Action::\"tool/call\", resource);"
            + Limit("max_amount amount <= 50", "refund_order") + Limit("max_cost 5", "read_mail") + Limit("rate 2 per 1h by agent", "get_order")
            + Limit("read_only", "update_customer") + Limit("ring 3", "get_customer") + Limit("ring 2", "search_orders"));
        var (_, key) = await writ.AgentAsync("helper", "support-desk/*");
        using var agent = new McpAgent(writ, key, "support-desk");

        JsonObject Refund(decimal amount) => new() { ["order_id"] = "NW-1007", ["amount"] = amount, ["reason"] = "late" };
        (await agent.CallAsync("refund_order", Refund(50.01m))).Refused("WRIT1040");
        (await agent.CallAsync("refund_order", Refund(1))).Result();
        (await agent.CallAsync("read_mail", new JsonObject { ["mail_id"] = "M-03" })).Refused("WRIT4020");
        (await agent.CallAsync("update_customer", new JsonObject { ["customer_id"] = "C-104", ["status"] = "inactive" })).Refused("WRIT1041");
        (await agent.CallAsync("get_customer", new JsonObject { ["customer_id"] = "C-104" })).Refused("WRIT1042");
        (await agent.CallAsync("search_orders", new JsonObject { ["customer_id"] = "C-104", ["limit"] = 1 })).Result();
        JsonObject Order() => new() { ["order_id"] = "NW-1007" };
        (await agent.CallAsync("get_order", Order())).Result();
        (await agent.CallAsync("get_order", Order())).Result();
        (await agent.CallAsync("get_order", Order())).Refused("WRIT4021");
        Assert.Equal(["refund_order", "search_orders", "get_order", "get_order"], desk.Called());

        await writ.RestartAsync();
        using var after = new McpAgent(writ, key, "support-desk");
        (await after.CallAsync("get_order", Order())).Refused("WRIT4021");
        Assert.Equal(4, desk.Called().Length);
    }

    [Fact]
    public async Task A_call_for_a_user_reaches_the_server_for_that_user_and_brings_back_nothing_of_others()
    {
        await using var writ = await RunningWrit.StartAsync();
        var desk = await Desk.RegisterAsync(writ);
        await writ.PublishAsync("limits", "permit (principal, action in Writ::Action::\"tool/call\", resource);"
            + Limit("subject_scope customer_id filter customer_id", "get_customer")
            + "\n@discharge(\"approval\") @by(\"user\") @max_age(\"5m\") forbid (principal, action == Writ::Action::\"tool/support-desk/update_customer\", resource);");
        var (id, key) = await writ.AgentAsync("helper", "support-desk/*");
        using var agent = new McpAgent(writ, key, "support-desk");
        JsonObject Somebody() => new() { ["customer_id"] = "C-105" };
        (await agent.CallAsync("get_customer", Somebody())).Refused("WRIT1043");
        Assert.Empty(desk.Called());

        // What a person says of the user is a claim.
        agent.Task = (await writ.PostAsync("/v1/tasks", new JsonObject { ["agent"] = id, ["on_behalf_of"] = "C-104" })).Word("token");
        (await agent.CallAsync("get_customer", Somebody())).Refused("WRIT1043");
        Assert.Empty(desk.Called());

        await using var users = await UserPool.RegisterAsync(writ);
        agent.Task = (await writ.PostAsync("/v1/tasks", new JsonObject { ["agent"] = id, ["user_token"] = users.Token("C-104") })).Word("token");
        Assert.Contains("C-104", (await agent.CallAsync("get_customer", Somebody())).Result().ToJsonString());
        (await agent.CallAsync("update_customer", new JsonObject { ["customer_id"] = "C-104", ["status"] = "inactive" })).Refused("WRIT4022");
        var reached = Assert.Single(desk.Calls()).ToJsonString();
        Assert.Contains("C-104", reached);
        Assert.DoesNotContain("C-105", reached);
    }

    private static string Limit(string constraint, string tool) =>
        $"\n@discharge(\"constraint\") @constraint(\"{constraint}\") forbid (principal, action == Writ::Action::\"tool/support-desk/{tool}\", resource);";
}
