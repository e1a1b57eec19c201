using System.Text.Json;
using Writ.Gateways.Mcp.Governed;
using Writ.Gateways.Tests.Mcp.Upstreams;
using Writ.Governance.Agents;
using Writ.Governance.Controls;

namespace Writ.Gateways.Tests.Mcp.Governed;

/// <summary>An agent's call through the door, the real governor and a real child process, and what the log then holds.</summary>
public sealed class GovernedCallsTests
{
    private const string PermitAll = "permit (principal, action in Writ::Action::\"tool/call\", resource);";

    [Fact]
    public async Task A_permitted_call_runs_and_leaves_a_decision_and_its_effect()
    {
        await using var writ = await StartAsync(PermitAll);
        await using var door = await RunningDoor.StartAsync(writ.Calls);
        var (_, key) = await writ.AgentAsync("bad/*");
        var session = await door.OpenAsync("/mcp/bad", key);

        var (_, body, _) = await door.SendAsync(Call(door, session, key, "echo", """{"a":1.0}"""));

        Assert.Equal("""{"a":1}""", body.GetProperty("result").GetProperty("echoed").GetProperty("arguments").GetRawText());
        var decision = Assert.Single(writ.Decisions.Of("decision"));
        Assert.Equal("ALLOW", decision.GetProperty("outcome").GetString());
        Assert.Equal(decision.GetProperty("id").GetString(), Assert.Single(writ.Decisions.Of("effect")).GetProperty("decision").GetString());
    }

    [Fact]
    public async Task T56_the_list_holds_what_is_classified_granted_and_permitted()
    {
        await using var writ = await StartAsync("permit (principal, action in [Writ::Action::\"tool/bad/echo\", Writ::Action::\"tool/bad/die\"], resource);");
        await using var door = await RunningDoor.StartAsync(writ.Calls);
        Assert.Equal(["echo", "die"], await ListAsync(door, (await writ.AgentAsync("bad/*")).Key));
        Assert.Equal(["die"], await ListAsync(door, (await writ.AgentAsync("bad/die", "bad/hang")).Key));
        var (_, stranger) = await writ.AgentAsync();
        Assert.Equal(404, (await door.SendAsync(door.Request("{}", "/mcp/bad", stranger))).Status);
    }

    [Fact]
    public async Task What_no_policy_permits_is_refused_with_a_token_and_reaches_nobody()
    {
        await using var writ = await StartAsync("permit (principal, action == Writ::Action::\"tool/bad/hang\", resource);");
        await using var door = await RunningDoor.StartAsync(writ.Calls);
        var (_, key) = await writ.AgentAsync("bad/*");
        var session = await door.OpenAsync("/mcp/bad", key);
        foreach (var (tool, code) in new[] { ("die", "WRIT1001"), ("unknown", "WRIT3004") })
        {
            var (_, body, _) = await door.SendAsync(Call(door, session, key, tool));
            Assert.Equal(code, McpDoorTests.Code(body));
            Assert.StartsWith("esc_", body.GetProperty("error").GetProperty("data").GetProperty("escalation").GetString(), StringComparison.Ordinal);
        }

        Assert.Empty(writ.Decisions.Of("effect"));
    }

    [Theory]
    [InlineData("argument_clamp n <= 5", """{"content":[],"x-unknown":{"big":1},"echoed":{"name":"echo","arguments":{"n":5}}}""")]
    [InlineData("redact_fields secret", """{"content":[]}""")]
    [InlineData("output_limit 10", """{"content":[]}""")]
    public async Task T57_a_constraint_is_enforced_and_not_advice(string constraint, string result)
    {
        await using var writ = await StartAsync(PermitAll + $"""

            @discharge("constraint") @constraint("{constraint}")
            forbid (principal, action == Writ::Action::"tool/bad/echo", resource)
            """ + " when { context.args has n && context.args.n > 5 };");
        await using var door = await RunningDoor.StartAsync(writ.Calls);
        var (_, key) = await writ.AgentAsync("bad/*");
        var session = await door.OpenAsync("/mcp/bad", key);

        var (_, limited, _) = await door.SendAsync(Call(door, session, key, "echo", """{"n":50}"""));
        var (_, free, _) = await door.SendAsync(Call(door, session, key, "echo", """{"n":4}"""));

        Assert.Equal(result, limited.GetProperty("result").GetRawText());
        Assert.Equal(4, free.GetProperty("result").GetProperty("echoed").GetProperty("arguments").GetProperty("n").GetInt32());
        Assert.Equal(["ALLOW_WITH_CONSTRAINTS", "ALLOW"], writ.Decisions.Of("decision").Select(d => d.GetProperty("outcome").GetString()!));
    }

    [Fact]
    public async Task A_full_ledger_refuses_and_nothing_is_sent()
    {
        await using var writ = await StartAsync(PermitAll);
        await using var door = await RunningDoor.StartAsync(writ.Calls);
        var (_, key) = await writ.AgentAsync("bad/*");
        var session = await door.OpenAsync("/mcp/bad", key);
        await door.SendAsync(Call(door, session, key, "echo"));
        writ.Decisions.IsFull = true;
        Assert.Equal("WRIT2000", McpDoorTests.Code((await door.SendAsync(Call(door, session, key, "die"))).Body));
        writ.Decisions.IsFull = false;
        Assert.True((await door.SendAsync(Call(door, session, key, "echo"))).Body.TryGetProperty("result", out _));
    }

    [Fact]
    public async Task A_suspended_agent_stops_at_once_in_a_session_it_has_open()
    {
        await using var writ = await StartAsync(PermitAll);
        await using var door = await RunningDoor.StartAsync(writ.Calls);
        var (agent, key) = await writ.AgentAsync("bad/*");
        var session = await door.OpenAsync("/mcp/bad", key);
        await writ.TakeAsync(new AgentLifecycleChanged(agent, AgentLifecycle.Suspended, "test"));
        Assert.Equal("WRIT3002", McpDoorTests.Code((await door.SendAsync(Call(door, session, key, "echo"))).Body));
        Assert.Empty(await ListAsync(door, key));
    }

    [Fact]
    public async Task Who_is_stopped_between_decision_and_dispatch_dispatches_nothing()
    {
        await using var writ = await StartAsync(PermitAll);
        var (agent, key) = await writ.AgentAsync("bad/*");
        var caller = writ.Calls.Authenticate($"Bearer {key}")!;
        var call = new GovernedCall("bad", "echo", "{}"u8.ToArray());
        Assert.IsType<CallDecision.Permitted>(await writ.Calls.DecideAsync(caller, call));
        Assert.NotNull(writ.Calls.Upstream(caller, "bad", ResultRules.None));
        await writ.TakeAsync(new AgentLifecycleChanged(agent, AgentLifecycle.Suspended, "test"));
        Assert.Null(writ.Calls.Upstream(caller, "bad", ResultRules.None));
        await writ.TakeAsync(new AgentLifecycleChanged(agent, AgentLifecycle.Active, "test"));
        Assert.NotNull(writ.Calls.Upstream(caller, "bad", ResultRules.None));

        await writ.TakeAsync(new AgentKeyRevoked(agent, key.Split('_')[1], "test"));
        Assert.Null(writ.Calls.Upstream(caller, "bad", ResultRules.None));
        Assert.Equal("WRIT3001", Assert.IsType<CallDecision.Refused>(await writ.Calls.DecideAsync(caller, call)).Refusal.Code);
    }

    [Fact]
    public async Task T84_two_agents_have_two_processes()
    {
        await using var writ = await StartAsync(PermitAll);
        await using var door = await RunningDoor.StartAsync(writ.Calls);
        var (_, one) = await writ.AgentAsync("bad/*");
        var (_, two) = await writ.AgentAsync("bad/*");
        Assert.Equal("WRIT5112", McpDoorTests.Code((await door.SendAsync(Call(door, await door.OpenAsync("/mcp/bad", one), one, "die"))).Body));
        Assert.True((await door.SendAsync(Call(door, await door.OpenAsync("/mcp/bad", two), two, "echo"))).Body.TryGetProperty("result", out _));
        Assert.Equal("unknown", Assert.Single(writ.Decisions.Of("effect"), e => e.GetProperty("status").GetString() != "executed").GetProperty("status").GetString());
    }

    [Fact]
    public async Task T60_a_definition_that_changes_between_two_lives_of_its_server_stops_the_tool()
    {
        await using var writ = await StartAsync(PermitAll, "changing");
        await using var door = await RunningDoor.StartAsync(writ.Calls);
        var (_, key) = await writ.AgentAsync("bad/*");
        var session = await door.OpenAsync("/mcp/bad", key);
        Assert.True((await door.SendAsync(Call(door, session, key, "echo"))).Body.TryGetProperty("result", out _));
        Assert.Equal("WRIT5112", McpDoorTests.Code((await door.SendAsync(Call(door, session, key, "die"))).Body));
        writ.Time.Advance(TimeSpan.FromSeconds(5));

        string? code = null;
        while (code is null or "WRIT5110")
        {
            Stop.ThrowIfCancellationRequested();
            var (_, body, _) = await door.SendAsync(Call(door, session, key, "echo"));
            Assert.False(body.TryGetProperty("result", out _));
            code = McpDoorTests.Code(body);
            writ.Time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal("WRIT5001", code);
        Assert.Empty(await ListAsync(door, key));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<GovernedWrit> StartAsync(string policy, string start = "well")
    {
        var writ = new GovernedWrit();
        await writ.CreateAsync();
        await writ.RegisterAsync("bad", Misbehaving.Definition(start), "echo", "hang", "die");
        await writ.PublishAsync(policy);
        return writ;
    }

    private static HttpRequestMessage Call(RunningDoor door, string session, string key, string tool, string arguments = "{}") =>
        door.Legacy(session, "tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""", "/mcp/bad", key);

    private static async Task<IEnumerable<string>> ListAsync(RunningDoor door, string key)
    {
        var (_, body, _) = await door.SendAsync(door.Legacy(await door.OpenAsync("/mcp/bad", key), "tools/list", path: "/mcp/bad", key: key));
        return [.. body.GetProperty("result").GetProperty("tools").EnumerateArray().Select(t => t.GetProperty("name").GetString()!).OrderDescending()];
    }
}
