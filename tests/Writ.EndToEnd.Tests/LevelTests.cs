using System.Text.Json.Nodes;

namespace Writ.EndToEnd.Tests;

/// <summary>Bundles of several levels through the MCP door.</summary>
public sealed class LevelTests
{
    [Fact]
    public async Task A_teams_permit_opens_to_its_agents_what_was_delegated_and_nothing_else()
    {
        await using var writ = await RunningWrit.StartAsync();
        var desk = await Desk.RegisterAsync(writ);
        var (support, sales) = (await AgentAsync(writ, "support"), await AgentAsync(writ, "sales"));
        await PublishAsync(writ, "house", """{"to": "team/support", "actions": ["effect/read", "effect/fetch"]}""", "@id(\"no-mail\") forbid (principal, action == Writ::Action::\"tool/support-desk/read_mail\", resource);");
        await writ.PostAsync("/v1/bundles", Bundle("support-team", """{"level": "team", "team": "support"}""", "@id(\"all\") permit (principal, action, resource);"));
        Assert.Equal(["house:", "support-team:team/support"], (await writ.GetAsync("/v1/bundles"))["bundles"]!.AsArray().Select(b => $"{b!.Word("name")}:{b!.Word("holds_for")}"));

        Assert.Null(await CustomerAsync(writ, support));
        Assert.Equal("WRIT1001", await CustomerAsync(writ, sales));
        using (var agent = new McpAgent(writ, support, "support-desk"))
        {
            (await agent.CallAsync("read_mail", new JsonObject { ["mail_id"] = "M-03" })).Refused("WRIT1002");
            (await agent.CallAsync("archive_customers", new JsonObject { ["customer_ids"] = new JsonArray("C-104") })).Refused("WRIT1001");
        }

        // What is taken back is closed from the next call on, and rolled back it is open again.
        await PublishAsync(writ, "house", """{"to": "team/sales", "actions": ["effect/read"]}""", "@id(\"none\") permit (principal, action, resource) when { false };");
        Assert.Equal("WRIT1001", await CustomerAsync(writ, support));
        await writ.PostAsync("/v1/bundles/house/rollback", new JsonObject { ["reason"] = "too tight" }, 200);
        await writ.RestartAsync();
        Assert.Null(await CustomerAsync(writ, support));
        Assert.Equal(2, desk.Calls().Count);
    }

    [Fact]
    public async Task A_bundle_for_nobody_or_with_a_delegation_to_nobody_is_refused_with_its_place()
    {
        await using var writ = await RunningWrit.StartAsync();
        foreach (var more in new[]
        {
            """{"level": "team", "team": "nobody"}""", """{"level": "agent", "agent": "01990000-0000-7000-8000-000000000001"}""", """{"level": "team"}""",
            """{"delegates": [{"to": "everybody", "actions": ["tool/call"]}]}""",
        })
        {
            var refused = await writ.PostAsync("/v1/bundles", Bundle("b", more, "permit (principal, action, resource);"), 422);
            Assert.Equal("bundle.json", refused["problems"]!.AsArray().Single()!.Word("file"));
        }

        await writ.PostAsync("/v1/bundles", Bundle("b", """{"level": "everywhere"}""", "permit (principal, action, resource);"), 400);
        Assert.Empty((await writ.GetAsync("/v1/bundles"))["bundles"]!.AsArray());
    }

    private static Task<JsonObject> PublishAsync(RunningWrit writ, string name, string delegation, string cedar) =>
        writ.PostAsync("/v1/bundles", Bundle(name, $$"""{"delegates": [{{delegation}}]}""", cedar));

    private static JsonObject Bundle(string name, string more, string cedar)
    {
        var manifest = JsonNode.Parse(more)!.AsObject();
        (manifest["name"], manifest["version"], manifest["tier"]) = (name, "1", "soft");
        return new JsonObject { ["manifest"] = manifest, ["files"] = new JsonArray(new JsonObject { ["path"] = "policy.cedar", ["text"] = cedar }) };
    }

    private static async Task<string> AgentAsync(RunningWrit writ, string team) => (await writ.PostAsync("/v1/agents", new JsonObject
    {
        ["name"] = $"{team}-agent", ["environment"] = "staging", ["team"] = team, ["grants"] = new JsonArray("support-desk/*"),
    })).Word("key")!;

    /// <summary>The code of the refusal, or null where the desk answered.</summary>
    private static async Task<string?> CustomerAsync(RunningWrit writ, string key)
    {
        using var agent = new McpAgent(writ, key, "support-desk");
        return (await agent.CallAsync("get_customer", new JsonObject { ["customer_id"] = "C-104" })).Code();
    }
}
