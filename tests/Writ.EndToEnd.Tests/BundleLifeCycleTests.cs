using System.Text.Json.Nodes;

namespace Writ.EndToEnd.Tests;

/// <summary>The states of a bundle on traffic through the MCP door: shadow, canary, withdrawn by Writ itself, promoted, rolled back.</summary>
public sealed class BundleLifeCycleTests
{
    private const string PermitAll = "permit (principal, action in Writ::Action::\"tool/call\", resource);\n";
    private const string NoRefunds = PermitAll + "forbid (principal, action == Writ::Action::\"tool/support-desk/refund_order\", resource);\n";

    [Fact]
    public async Task A_bundle_goes_from_shadow_over_a_canary_that_ends_itself_to_active_and_back()
    {
        await using var writ = await RunningWrit.StartAsync();
        var desk = await Desk.RegisterAsync(writ);
        await writ.PublishAsync("desk", PermitAll);
        var (_, key) = await writ.AgentAsync("helper", "support-desk/*");

        var staged = await writ.PostAsync("/v1/bundles/shadow", Body(NoRefunds, "2"));
        Assert.Equal("shadow", staged.Word("state"));
        await writ.PostAsync("/v1/bundles/shadow", Body(PermitAll + "// yet another", "3"), 409);
        using (var agent = new McpAgent(writ, key, "support-desk"))
            (await agent.CallAsync("refund_order", Refund())).Result();
        var report = await UntilAsync(writ, view => view["compared"]!.GetValue<long>() == 1);
        var pair = Assert.Single(report["disagreements"]!.AsArray())!;
        Assert.Equal(("ALLOW", "DENY"), (pair.Word("decided"), pair.Word("candidate")));
        var decision = (await writ.DecisionsAsync())[0];
        Assert.Equal(decision.Word("id"), pair["newest"]![0]!.Word("decision"));
        await writ.RestartAsync();
        Assert.Equal(0, (await writ.GetAsync("/v1/bundles/desk/shadow"))["compared"]!.GetValue<long>());

        JsonObject Terms(int points) => new()
        {
            ["digest"] = staged.Word("digest"), ["percent"] = 50, ["unit"] = "agents", ["minimum"] = 2, ["band"] = new JsonObject { ["DENY"] = points },
        };
        await writ.PostAsync("/v1/bundles/desk/canary", Terms(101), 400);
        Assert.Equal("canary", (await writ.PostAsync("/v1/bundles/desk/canary", Terms(5), 200)).Word("state"));
        var (inside, outside) = await BothAsync(writ);
        using var insider = new McpAgent(writ, inside, "support-desk");
        using var outsider = new McpAgent(writ, outside, "support-desk");
        (await outsider.CallAsync("refund_order", Refund())).Result();
        (await outsider.CallAsync("refund_order", Refund())).Result();
        await insider.CallAsync("refund_order", Refund());
        await insider.CallAsync("refund_order", Refund());
        while ((await writ.GetAsync("/v1/bundles"))["candidates"]!.AsArray().Count > 0)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        (await insider.CallAsync("refund_order", Refund())).Result();

        await writ.PostAsync("/v1/bundles/shadow", Body(NoRefunds, "3"));
        await writ.PostAsync("/v1/bundles/desk/promote", new JsonObject { ["digest"] = new string('0', 64) }, 409);
        await writ.PostAsync("/v1/bundles/desk/promote", new JsonObject(), 200);
        (await outsider.CallAsync("refund_order", Refund())).Refused("WRIT1002");
        Assert.Equal(["superseded", "active"], await StatesAsync(writ));
        await writ.RestartAsync();
        Assert.Equal(["superseded", "active"], await StatesAsync(writ));
        await writ.PostAsync("/v1/bundles/desk/rollback", new JsonObject { ["reason"] = "refunds are refused" }, 200);
        using var after = new McpAgent(writ, outside, "support-desk");
        (await after.CallAsync("refund_order", Refund())).Result();
        Assert.Equal(["active", "superseded"], await StatesAsync(writ));
        Assert.All(desk.Called(), tool => Assert.Equal("refund_order", tool));
    }

    private static JsonObject Refund() => new() { ["order_id"] = "NW-1007", ["amount"] = 1, ["reason"] = "late" };

    private static JsonObject Body(string cedar, string version) => new()
    {
        ["manifest"] = new JsonObject { ["name"] = "desk", ["version"] = version, ["tier"] = "soft" },
        ["files"] = new JsonArray(new JsonObject { ["path"] = "policy.cedar", ["text"] = cedar }),
    };

    private static async Task<string[]> StatesAsync(RunningWrit writ) =>
        [.. (await writ.GetAsync("/v1/bundles/desk"))["versions"]!.AsArray().Select(version => version!.Word("state")!)];

    private static async Task<JsonObject> UntilAsync(RunningWrit writ, Func<JsonObject, bool> met)
    {
        while (true)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            if (await writ.GetAsync("/v1/bundles/desk/shadow") is var view && met(view))
                return view;
        }
    }

    /// <summary>The keys of an agent in the canary's share and of one outside, told by what would be decided for them.</summary>
    private static async Task<(string Inside, string Outside)> BothAsync(RunningWrit writ)
    {
        var found = new Dictionary<string, string>();
        for (var n = 1; found.Count < 2; n++)
        {
            var (id, key) = await writ.AgentAsync($"agent-{n}", "support-desk/*");
            var answer = await writ.PostAsync("/v1/explain", new JsonObject { ["agent"] = id, ["server"] = "support-desk", ["tool"] = "refund_order", ["arguments"] = Refund() }, 200);
            found.TryAdd(answer.Word("outcome")!, key);
        }

        return (found["DENY"], found["ALLOW"]);
    }
}
