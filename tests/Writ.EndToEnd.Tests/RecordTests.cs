using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>What the doors put into records. That every record fits the published schema is checked whenever a running Writ is stopped.</summary>
public sealed class RecordTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Parent = $"00-{Trace}-00f067aa0ba902b7-01";
    private const string Permit = "permit (principal, action, resource);";

    [Fact]
    public async Task The_trace_of_a_call_comes_from_its_meta_else_from_its_header()
    {
        await using var writ = await RunningWrit.StartAsync();
        await BadServer.RegisterAsync(writ, Permit);
        using var agent = new McpAgent(writ, (await writ.AgentAsync("helper", "bad/*")).Key, "bad");

        await CallAsync(agent, null, null);
        Assert.Null((await NewestAsync(writ))["trace"]);
        await CallAsync(agent, null, Parent);
        Assert.Equal((Trace, "00f067aa0ba902b7"), ((await NewestAsync(writ)).Word("trace"), (await NewestAsync(writ)).Word("span")));
        await CallAsync(agent, new JsonObject { ["traceparent"] = $"00-{new string('a', 32)}-00f067aa0ba902b7-00" }, Parent);
        Assert.Equal(new string('a', 32), (await NewestAsync(writ)).Word("trace"));
        await CallAsync(agent, null, "00-not-a-trace-01");
        Assert.Null((await NewestAsync(writ))["trace"]);
    }

    [Fact]
    public async Task What_an_agent_says_of_its_call_is_recorded_as_claimed_and_a_wrong_word_is_refused()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ, Permit);
        using var agent = new McpAgent(writ, (await writ.AgentAsync("helper", "bad/*")).Key, "bad");
        await CallAsync(agent, new JsonObject { ["writ.dev/confidence"] = 0.8, ["writ.dev/rationale"] = "RATIONALE" }, null);
        var decision = await NewestAsync(writ);
        Assert.Equal(800, decision["claimed_confidence"]!.GetValue<int>());
        Assert.DoesNotContain("RATIONALE", decision.ToJsonString());

        foreach (var wrong in new[] { """{"writ.dev/confidence":1.1}""", """{"writ.dev/confidence":"high"}""", """{"writ.dev/rationale":""}""", $$"""{"writ.dev/rationale":"{{new string('x', 2001)}}"}""" })
            Assert.Contains("writ.dev/", (await CallAsync(agent, JsonNode.Parse(wrong)!.AsObject(), null)).ToJsonString());
        Assert.Single(bad.Calls());
        Assert.Single(await writ.DecisionsAsync());
    }

    [Fact]
    public async Task A_session_is_named_by_a_number_that_does_not_open_it()
    {
        await using var writ = await RunningWrit.StartAsync();
        await BadServer.RegisterAsync(writ, Permit);
        using var agent = new McpAgent(writ, (await writ.AgentAsync("helper", "bad/*")).Key, "bad");
        using var opened = await agent.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""");
        var id = opened.Headers.GetValues("Mcp-Session-Id").Single();
        for (var i = 2; i < 4; i++)
            (await agent.PostAsync($$$$"""{"jsonrpc":"2.0","id":{{{{i}}}},"method":"tools/call","params":{"name":"echo","arguments":{}}}""", request => request.Headers.Add("Mcp-Session-Id", id))).Dispose();
        var sessions = (await writ.DecisionsAsync()).Select(d => d.Word("session")).ToArray();
        Assert.Equal(2, sessions.Length);
        Assert.Equal(sessions[0], sessions[1]);
        Assert.True(Guid.TryParse(sessions[0], out _));
        Assert.NotEqual(id, sessions[0]);
    }

    [Fact]
    public async Task An_effect_says_how_long_the_server_took()
    {
        await using var writ = await RunningWrit.StartAsync();
        await BadServer.RegisterAsync(writ, Permit);
        using var agent = new McpAgent(writ, (await writ.AgentAsync("helper", "bad/*")).Key, "bad");
        (await agent.CallAsync("echo")).Result();
        var effect = await writ.NewestEffectAsync();
        Assert.InRange(effect["upstream_us"]!.GetValue<long>(), 1, effect["us"]!.GetValue<long>());
        Assert.True(effect["recording_us"]!.GetValue<long>() > 0);
    }

    [Fact]
    public async Task An_answer_to_what_was_shown_counts_while_that_still_stands_and_says_so()
    {
        await using var writ = await RunningWrit.StartAsync();
        await BadServer.RegisterAsync(writ, """
            @id("all") permit (principal, action, resource);
            @id("asks") @discharge("approval") @approvers("capability/security") forbid (principal, action, resource);
            """);
        using var agent = new McpAgent(writ, (await writ.AgentAsync("helper", "bad/*")).Key, "bad");
        var first = (await agent.CallAsync("echo")).Held();
        var shown = (await writ.GetAsync($"/v1/approvals/{first}")).Word("shown")!;
        Assert.Null((await writ.GetAsync("/v1/approvals"))["approvals"]![0]!["shown"]);

        var other = new string('0', 63) + "1";
        Assert.Equal("changed", (await writ.PostAsync($"/v1/approvals/{first}/approve", new JsonObject { ["shown"] = other }, 409)).Word("conflict"));
        await writ.PostAsync($"/v1/approvals/{first}/approve", new JsonObject { ["shown"] = "seen" }, 400);
        Assert.Equal("approved", (await writ.PostAsync($"/v1/approvals/{first}/approve", new JsonObject { ["shown"] = shown }, 200)).Word("state"));
        (await agent.CallAsync("echo")).Result();
        Assert.Equal("administrator", (await NewestAsync(writ))["approval"]!["by"]![0]!.GetValue<string>());

        await writ.StopAsync();
        var answer = Assert.Single(await Ledgers.RecordsAsync(writ.Folder, "decisions"), r => r.Word("kind") == "approval");
        Assert.Equal(shown, answer.Word("shown"));
    }

    [Fact]
    public async Task The_schema_is_served_as_it_is_published()
    {
        await using var writ = await RunningWrit.StartAsync();
        Assert.Equal(
            await File.ReadAllTextAsync(Repository.PathOf("docs", "records.schema.json"), TestContext.Current.CancellationToken),
            await writ.Administrator.GetStringAsync("/v1/records/schema"));
    }

    private static async Task<JsonObject> NewestAsync(RunningWrit writ) => (await writ.DecisionsAsync())[0];

    private static async Task<JsonObject> CallAsync(McpAgent agent, JsonObject? said, string? header)
    {
        var meta = said?.DeepClone().AsObject() ?? [];
        meta["io.modelcontextprotocol/protocolVersion"] = McpAgent.Version;
        meta["io.modelcontextprotocol/clientCapabilities"] = new JsonObject();
        meta["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "test-agent", ["version"] = "1" };
        var body = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = "tools/call", ["params"] = new JsonObject { ["name"] = "echo", ["arguments"] = new JsonObject(), ["_meta"] = meta } };
        using var answer = await agent.PostAsync(body.ToJsonString(), request =>
        {
            request.Headers.Add("MCP-Protocol-Version", McpAgent.Version);
            request.Headers.Add("Mcp-Method", "tools/call");
            request.Headers.Add("Mcp-Name", "echo");
            if (header is not null)
                request.Headers.Add("traceparent", header);
        });
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }
}
