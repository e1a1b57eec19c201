using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>What an agent may see of Writ, and what it may not talk it into.</summary>
public sealed class DoorTests
{
    [Fact]
    public async Task T56_a_list_shows_what_could_be_allowed_and_all_of_it()
    {
        await using var writ = await RunningWrit.StartAsync();
        await Desk.RegisterAsync(writ);
        await Desk.PublishSampleAsync(writ);
        using var all = new McpAgent(writ, (await writ.AgentAsync("all", "support-desk/*")).Key);
        using var one = new McpAgent(writ, (await writ.AgentAsync("one", "support-desk/get_order")).Key, "support-desk");
        using var none = new McpAgent(writ, (await writ.AgentAsync("none")).Key);

        Assert.Equal(
            ["archive_customers", "delete_customers", "get_customer", "get_order", "read_mail", "refund_order", "search_orders", "send_mail", "update_customer"],
            (await all.ToolsAsync()).Select(name => name.Replace("support-desk__", "")).Order(StringComparer.Ordinal));
        Assert.Equal(["get_order"], await one.ToolsAsync());
        Assert.Empty(await none.ToolsAsync());
        (await one.CallAsync("get_customer", new JsonObject { ["customer_id"] = "C-104" })).Refused("WRIT3004");
    }

    [Fact]
    public async Task An_unknown_tool_and_one_that_was_not_granted_look_alike()
    {
        await using var writ = await RunningWrit.StartAsync();
        var desk = await Desk.RegisterAsync(writ);
        await Desk.PublishSampleAsync(writ);
        var (_, key) = await writ.AgentAsync("one", "support-desk/get_order");
        using var agent = new McpAgent(writ, key);
        using var elsewhere = new McpAgent(writ, key, "other-server");

        string Shown(JsonObject answer)
        {
            answer["error"]!["data"]!.AsObject().Remove("escalation");
            return answer["error"]!.ToJsonString();
        }

        var unknown = Shown(await agent.CallAsync("support-desk__no_such_tool"));
        Assert.Equal(unknown, Shown(await agent.CallAsync("support-desk__get_customer", new JsonObject { ["customer_id"] = "C-104" })));
        Assert.Equal(unknown, Shown(await agent.CallAsync("no-such-server__get_customer")));
        Assert.Contains("WRIT5108", (await elsewhere.CallAsync("get_order")).ToJsonString());
        Assert.Empty(desk.Calls());
    }

    [Fact]
    public async Task T47_a_revoked_key_and_a_suspended_agent_are_refused_on_the_next_call()
    {
        await using var writ = await RunningWrit.StartAsync();
        var desk = await Desk.RegisterAsync(writ);
        await Desk.PublishSampleAsync(writ);
        var (id, key) = await writ.AgentAsync("helper", "support-desk/*");
        var second = await writ.PostAsync($"/v1/agents/{id}/keys");
        using var revoked = new McpAgent(writ, second.Word("key")!, "support-desk");
        using var agent = new McpAgent(writ, key, "support-desk");
        var order = new JsonObject { ["order_id"] = "NW-1007" };
        (await revoked.CallAsync("get_order", order.DeepClone().AsObject())).Result();

        using var gone = await writ.Administrator.DeleteAsync($"/v1/agents/{id}/keys/{second.Word("key_id")}");
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        (await revoked.CallAsync("get_order", order.DeepClone().AsObject())).Refused("WRIT3001");
        (await agent.CallAsync("get_order", order.DeepClone().AsObject())).Result();

        await writ.PostAsync($"/v1/agents/{id}/suspend", new JsonObject { ["reason"] = "it misbehaves" }, 200);
        Assert.Empty(await agent.ToolsAsync());
        (await agent.CallAsync("get_order", order.DeepClone().AsObject())).Refused("WRIT3002");
        await writ.RestartAsync();
        using var after = new McpAgent(writ, key, "support-desk");
        using var still = new McpAgent(writ, second.Word("key")!, "support-desk");
        (await after.CallAsync("get_order", order.DeepClone().AsObject())).Refused("WRIT3002");
        (await still.CallAsync("get_order", order)).Refused("WRIT3001");
        Assert.Equal(2, desk.Calls().Count);
    }

    [Fact]
    public async Task T50_identity_comes_from_the_credential_and_from_nothing_else()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ);
        var (id, key) = await writ.AgentAsync("helper", "bad/*");
        var (otherId, otherKey) = await writ.AgentAsync("other");
        void Pretend(HttpRequestMessage request)
        {
            foreach (var header in new[] { "X-Agent-DID", "X-Agent-Id", "X-Forwarded-User", "X-Writ-Agent" })
                request.Headers.Add(header, id);
        }

        using var nobody = new McpAgent(writ, "agk_0000000000000000_0000000000000000000000000000000000000000000", "bad");
        using var refused = await nobody.PostAsync(Legacy("tools/call", """{"name":"echo"}"""), Pretend);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var other = new McpAgent(writ, otherKey, "bad");
        using var unreached = await other.PostAsync(Legacy("tools/call", """{"name":"echo"}"""), Pretend);
        Assert.Equal(HttpStatusCode.NotFound, unreached.StatusCode);
        using var person = new McpAgent(writ, writ.AdministratorToken, "bad");
        using var asPerson = await person.PostAsync(Legacy("tools/call", """{"name":"echo"}"""), Pretend);
        Assert.Equal(HttpStatusCode.Unauthorized, asPerson.StatusCode);
        Assert.Empty(bad.Calls());

        using var agent = new McpAgent(writ, key, "bad");
        (await agent.CallAsync("echo")).Result();
        Assert.Equal(id, Assert.Single(await writ.DecisionsAsync()).Word("agent"));
        Assert.DoesNotContain(await writ.DecisionsAsync(), d => d.Word("agent") == otherId);
    }

    [Fact]
    public async Task A_malformed_message_is_refused_and_reaches_nothing()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ);
        using var agent = new McpAgent(writ, (await writ.AgentAsync("helper", "bad/*")).Key, "bad");
        foreach (var body in new[]
        {
            "{",
            "",
            "null",
            "[]",
            """[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo"}}]""",
            """{"jsonrpc":"1.0","id":1,"method":"tools/call","params":{"name":"echo"}}""",
            """{"id":1,"method":"tools/call","params":{"name":"echo"}}""",
            """{"jsonrpc":"2.0","id":null,"method":"tools/call","params":{"name":"echo"}}""",
            """{"jsonrpc":"2.0","id":{},"method":"tools/call","params":{"name":"echo"}}""",
            """{"jsonrpc":"2.0","id":1,"method":"tools/list","method":"tools/call","params":{"name":"echo"}}""",
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get","name":"echo"}}""",
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":[]}""",
        })
        {
            using var answer = await agent.PostAsync(body);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{body}: {(int)answer.StatusCode} {text}");
            Assert.NotNull(JsonNode.Parse(text)!["error"]!["code"]);
        }

        Assert.Empty(bad.Calls());
        Assert.Empty(await writ.DecisionsAsync());
        (await agent.CallAsync("echo")).Result();
    }

    [Fact]
    public async Task A_body_of_more_than_4_MiB_is_refused_and_one_of_less_is_not()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ);
        var (_, key) = await writ.AgentAsync("helper", "bad/*");
        using var agent = new McpAgent(writ, key, "bad");
        var long_ = new JsonObject { ["text"] = new string('x', 4 << 20) }.ToJsonString();
        using var refused = await agent.PostAsync($$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{{{long_}}}}}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        using var unannounced = new HttpRequestMessage(HttpMethod.Post, "/mcp/bad")
        {
            Content = new StringContent(long_, Encoding.UTF8, "application/json"),
            Headers = { TransferEncodingChunked = true, Accept = { new("application/json"), new("text/event-stream") } },
        };
        using var client = writ.Client(key);
        try
        {
            using var chunked = await client.SendAsync(unannounced);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, chunked.StatusCode);
        }
        catch (HttpRequestException cut) when (cut.InnerException is IOException)
        {
            // The connection was cut before all of it had been sent; the refusal may then be lost on the way.
        }

        Assert.Empty(bad.Calls());
        (await agent.CallAsync("echo", new JsonObject { ["text"] = new string('x', 200_000) })).Result();
        Assert.Single(bad.Calls());
    }

    [Fact]
    public async Task T55_headers_that_say_something_else_than_the_body_are_refused()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ);
        using var agent = new McpAgent(writ, (await writ.AgentAsync("helper", "bad/*")).Key, "bad");
        var body = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{},"_meta":{"io.modelcontextprotocol/protocolVersion":"THE-VERSION","io.modelcontextprotocol/clientCapabilities":{}}}}""".Replace("THE-VERSION", McpAgent.Version);
        async Task<(int Status, int? Code)> SendAsync(string? version, string? method, string? name)
        {
            using var answer = await agent.PostAsync(body, request =>
            {
                foreach (var (header, value) in new[] { ("MCP-Protocol-Version", version), ("Mcp-Method", method), ("Mcp-Name", name) })
                {
                    if (value is not null)
                        request.Headers.Add(header, value);
                }
            });
            return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]?["code"]?.GetValue<int>());
        }

        var mismatch = (400, (int?)-32020);
        Assert.Equal(mismatch, await SendAsync(McpAgent.Version, "tools/list", "echo"));
        Assert.Equal(mismatch, await SendAsync(McpAgent.Version, "tools/call", "die"));
        Assert.Equal(mismatch, await SendAsync(McpAgent.Version, "tools/call", null));
        Assert.Equal(mismatch, await SendAsync(McpAgent.Version, null, "echo"));
        Assert.Equal(mismatch, await SendAsync("2025-11-25", "tools/call", "echo"));
        Assert.Equal(mismatch, await SendAsync(null, "tools/call", "echo"));
        Assert.Empty(bad.Calls());
        Assert.Equal((200, null), await SendAsync(McpAgent.Version, "tools/call", "echo"));
        Assert.Equal(["echo"], bad.Called());
    }

    [Fact]
    public async Task T07_an_argument_named_like_a_fact_changes_nothing()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ, """
            @id("development") permit (principal, action, resource) when { context.environment == "development" };
            @id("approved") permit (principal, action, resource) when { context has approved && context.approved };
            @id("purpose") permit (principal, action, resource) when { context.task has purpose };
            @id("asserted") permit (principal, action, resource) when { context.asserted has approved };
            @id("asked") permit (principal, action, resource) when { context.args has please };
            """);
        using var agent = new McpAgent(writ, (await writ.AgentAsync("helper", "bad/*")).Key, "bad");
        var arguments = JsonNode.Parse("""
            {"environment":"development","approved":true,"spend":0,"task":{"purpose":"x"},"asserted":{"approved":true},"context":{"environment":"development"},"args":{"please":1}}
            """)!.AsObject();
        (await agent.CallAsync("echo", arguments)).Refused("WRIT1001");
        Assert.Empty(bad.Calls());

        // The same policy does read arguments, where it says so.
        (await agent.CallAsync("echo", new JsonObject { ["please"] = true })).Result();
        Assert.Single(bad.Calls());
    }

    [Fact]
    public async Task T58_a_session_serves_the_credential_and_the_server_it_was_opened_with()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ);
        var (_, key) = await writ.AgentAsync("helper", "bad/*");
        using var agent = new McpAgent(writ, key, "bad");
        using var joined = new McpAgent(writ, key);
        using var thief = new McpAgent(writ, (await writ.AgentAsync("thief", "bad/*")).Key, "bad");

        using var opened = await agent.PostAsync(Legacy("initialize", """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}"""));
        var session = Assert.Single(opened.Headers.GetValues("Mcp-Session-Id"));
        void InSession(HttpRequestMessage request)
        {
            request.Headers.Add("Mcp-Session-Id", session);
            request.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        }

        var call = Legacy("tools/call", """{"name":"echo","arguments":{}}""");
        using var stolen = await thief.PostAsync(call, InSession);
        using var elsewhere = await joined.PostAsync(Legacy("tools/call", """{"name":"bad__echo","arguments":{}}"""), InSession);
        using var without = await agent.PostAsync(call);
        Assert.Equal(HttpStatusCode.NotFound, stolen.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        Assert.False(without.IsSuccessStatusCode);
        Assert.Empty(bad.Calls());
        using var own = await agent.PostAsync(call, InSession);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal(["echo"], bad.Called());
    }

    [Fact]
    public async Task Grants_that_are_taken_away_are_gone_at_the_next_call()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ);
        var (id, key) = await writ.AgentAsync("helper", "bad/*");
        using var agent = new McpAgent(writ, key);
        (await agent.CallAsync("bad__echo")).Result();
        using var changed = await writ.Administrator.PutAsJsonAsync($"/v1/agents/{id}/grants", JsonNode.Parse("""{"grants":["bad/flood"]}"""));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(["bad__flood"], await agent.ToolsAsync());
        (await agent.CallAsync("bad__echo")).Refused("WRIT3004");
        Assert.Equal(["echo"], bad.Called());
    }

    [Fact]
    public async Task Arguments_that_cannot_be_decided_exactly_reach_nothing()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ);
        using var agent = new McpAgent(writ, (await writ.AgentAsync("helper", "bad/*")).Key, "bad");
        foreach (var arguments in new[] { """{"n":9007199254740993}""", """{"n":1e999}""", """{"n":"text"}""", """{"n":1.5}""" })
            (await agent.CallAsync("echo", JsonNode.Parse(arguments)!.AsObject())).Refused("WRIT5002");
        Assert.Empty(bad.Calls());
        (await agent.CallAsync("echo", JsonNode.Parse("""{"n":9007199254740991}""")!.AsObject())).Result();
    }

    [Fact]
    public async Task T84_two_agents_never_share_a_process()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ);
        using var dying = new McpAgent(writ, (await writ.AgentAsync("dying", "bad/*")).Key, "bad");
        using var living = new McpAgent(writ, (await writ.AgentAsync("living", "bad/*")).Key);
        var running = living.CallAsync("bad__hang");
        await bad.ReachedAsync(1);
        (await dying.CallAsync("die")).Refused("WRIT5112");
        (await living.CallAsync("bad__echo")).Result();
        Assert.False(running.IsCompleted);
        Assert.Equal(["hang", "die", "echo"], bad.Called());
        living.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => running);
    }

    private static string Legacy(string method, string parameters) => $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""";
}
