using System.Text.Json.Nodes;

namespace Writ.Cli.Tests;

public sealed class RegistryCommandTests : IAsyncLifetime
{
    private StubServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await StubServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Adding_an_agent_sends_what_was_said_and_shows_its_key()
    {
        _server.On("POST /v1/agents", Samples.Agent, 201);
        var run = await _server.RunAsync("agent", "add", "support-agent", "--grant", "desk/*", "crm/get", "--risk", "3", "--model", "m", "--draft");
        Assert.Equal(0, run.Exit);
        Assert.Contains("agk_shown-once", run.Output, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"name":"support-agent","environment":"development","grants":["desk/*","crm/get"],"activate":false,"model":"m","risk":3}"""),
            Assert.Single(_server.Asked).Body));

        var json = await _server.RunAsync("agent", "add", "x", "--json");
        Assert.Equal(("agk_shown-once", ""), (json.Json.GetProperty("key").GetString(), json.Error));
    }

    [Fact]
    public async Task Agents_are_listed_in_aligned_columns()
    {
        _server.On("GET /v1/agents", Samples.Agents);
        var lines = (await _server.RunAsync("agent", "list")).Output.Split('\n');
        Assert.Equal(lines[0].IndexOf("GRANTS", StringComparison.Ordinal), lines[1].IndexOf("support-desk/*", StringComparison.Ordinal));
        Assert.Equal("support-agent", (await _server.RunAsync("agent", "list", "--json")).Json.GetProperty("agents")[0].GetProperty("name").GetString());
        _server.On("GET /v1/agents", """{"agents":[]}""");
        Assert.Contains("writ agent add", (await _server.RunAsync("agent", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_is_suspended_by_its_name()
    {
        _server.On("GET /v1/agents", Samples.Agents).On("POST /v1/agents/01990000-0000-7000-8000-000000000001/suspend", Samples.Agent);
        var run = await _server.RunAsync("agent", "suspend", "support-agent", "--reason", "odd mails");
        Assert.Equal((0, "support-agent is suspended\n"), (run.Exit, run.Output));
        Assert.Equal("odd mails", _server.Asked.Last().Body!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_agent_that_nobody_knows_or_two_share_a_name_of_is_not_touched()
    {
        _server.On("GET /v1/agents", Samples.Agents);
        var run = await _server.RunAsync("agent", "suspend", "suport-agent", "--reason", "x");
        Assert.Equal(2, run.Exit);
        Assert.Contains("did you mean 'support-agent'?", run.Error, StringComparison.OrdinalIgnoreCase);

        var twice = JsonNode.Parse(Samples.Agents)!;
        twice["agents"]!.AsArray().Add(twice["agents"]![0]!.DeepClone());
        _server.On("GET /v1/agents", twice.ToJsonString());
        Assert.Equal(2, (await _server.RunAsync("agent", "suspend", "support-agent", "--reason", "x")).Exit);
        Assert.All(_server.Asked, asked => Assert.Equal("GET /v1/agents", asked.Request));
    }

    [Theory]
    [InlineData("agent transfer support-agent kim --reason moved", "POST", "transfer", """{"reason":"moved","to":"kim"}""")]
    [InlineData("agent accept support-agent", "POST", "transfer/accept", null)]
    [InlineData("agent decline support-agent --reason no", "POST", "transfer/decline", """{"reason":"no"}""")]
    [InlineData("agent backup-owner support-agent --person kim --reason x", "PUT", "backup-owner", """{"reason":"x","backup_owner":"kim"}""")]
    [InlineData("agent backup-owner support-agent --reason x", "PUT", "backup-owner", """{"reason":"x"}""")]
    [InlineData("agent ceiling support-agent --task-calls 200 --task-usd 2.50 --reason x", "PUT", "ceiling", """{"reason":"x","calls":200,"nano_usd":2500000000}""")]
    [InlineData("agent share offer support-agent team/billing --days 30 --reason x", "POST", "consents", """{"who":"team/billing","days":30,"reason":"x"}""")]
    [InlineData("agent share offer support-agent agent/a1 --skill lookup talk --reason x", "POST", "consents", """{"who":"agent/a1","days":90,"reason":"x","skills":["lookup","talk"]}""")]
    [InlineData("agent share offer support-agent person/kim --right clone --reason x", "POST", "consents", """{"who":"person/kim","days":90,"reason":"x","right":"clone"}""")]
    [InlineData("agent share accept support-agent c1", "POST", "consents/c1/accept", null)]
    [InlineData("agent share withdraw support-agent c1 --reason x", "POST", "consents/c1/withdraw", """{"reason":"x"}""")]
    [InlineData("agent visibility support-agent team --reason x", "PUT", "visibility", """{"visibility":"team","reason":"x"}""")]
    [InlineData("agent retire support-agent --reason x", "POST", "retire", """{"reason":"x"}""")]
    [InlineData("agent suspend support-agent --reason x --cause kill", "POST", "suspend", """{"reason":"x","cause":"kill"}""")]
    public async Task Who_answers_for_an_agent_and_how_it_stands_is_sent_as_it_was_said(string line, string method, string route, string? body)
    {
        _server.On("GET /v1/agents", Samples.Agents).On($"{method} /v1/agents/01990000-0000-7000-8000-000000000001/{route}", Samples.Agent);
        var run = await _server.RunAsync(line.Split(' '));
        Assert.True(run.Exit == 0, run.Error);
        Assert.Contains("support-agent", run.Output, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(body is null ? null : JsonNode.Parse(body), _server.Asked.Last().Body), _server.Asked.Last().Body?.ToJsonString());
    }

    [Fact]
    public async Task A_token_to_enrol_with_is_asked_for_as_it_was_said_and_shown()
    {
        _server.On("POST /v1/enrolments", """{"enrolment":{"id":"e1","owner":"kim","team":"billing","environment":"staging","expires_at":"2026-08-01T00:00:00Z"},"token":"wae_shown-once"}""", 201);
        var run = await _server.RunAsync("agent", "enrol-token", "--owner", "kim", "--team", "billing", "--environment", "staging", "--hours", "2", "--reason", "x");
        Assert.Equal(0, run.Exit);
        Assert.Contains("wae_shown-once", run.Output, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"reason":"x","hours":2,"environment":"staging","owner":"kim","team":"billing"}"""), Assert.Single(_server.Asked).Body));
    }

    [Fact]
    public async Task Reviews_end_with_1_where_one_is_overdue_and_an_attestation_is_sent_as_it_was_said()
    {
        const string List = """{"reviews":[{"agent":"a","name":"support-agent","review":"permissions","due_at":"2026-08-01T00:00:00Z","overdue":true,"suspends_at":"2026-08-15T00:00:00Z","digest":"d","changed_since":false}],"grace_days":14}""";
        _server.On("GET /v1/agents", Samples.Agents).On("GET /v1/reviews", List).On("POST /v1/agents/01990000-0000-7000-8000-000000000001/reviews", List, 201);
        var run = await _server.RunAsync("agent", "reviews");
        Assert.Equal((1, ""), (run.Exit, run.Error));
        Assert.Contains("overdue since", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _server.RunAsync("agent", "review", "support-agent", "permissions", "tools", "--note", "fine")).Exit);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"reviews":["permissions","tools"],"note":"fine"}"""), _server.Asked.Last().Body));
        Assert.Equal(2, (await _server.RunAsync("agent", "review", "support-agent", "everything", "--note", "fine")).Exit);
    }

    [Fact]
    public async Task A_list_that_is_not_imported_says_which_lines_are_wrong()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "{\"name\":\"a\"}\n{\"name\":1}\n", TestContext.Current.CancellationToken);
            _server.On("POST /v1/agents/import", """{"title":"The list is not imported","detail":"Nothing was imported.","status":400,"code":"WRIT3204","lines":[{"line":2,"detail":"$.name: a text"}]}""", 400);
            var run = await _server.RunAsync("agent", "import", file);
            Assert.Equal(2, run.Exit);
            foreach (var said in new[] { "WRIT3204", "line:2", "$.name: a text" })
                Assert.Contains(said, run.Error, StringComparison.Ordinal);
            _server.On("POST /v1/agents/import", """{"imported":2,"known":1,"digest":"d","agents":[]}""", 201);
            Assert.Contains("1 drafts made, 1 were there", (await _server.RunAsync("agent", "import", file)).Output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Shadow_agents_are_listed_made_drafts_of_and_dismissed()
    {
        const string List = """{"shadows":[{"id":"5f1c","credential":"agent-key","key_id":"k1","address":"private","client":"langgraph/1","doors":["mcp"],"tried":["/mcp/desk tools/call pay"],"tried_more":false,"first_seen":"2026-08-01T00:00:00Z","last_seen":"2026-08-01T00:00:00Z","count":7,"dismissed":false}],"dismissed":2}""";
        _server.On("GET /v1/shadow-agents", List).On("POST /v1/shadow-agents/5f1c/register", Samples.Agent, 201).On("POST /v1/shadow-agents/5f1c/dismiss", List);
        var run = await _server.RunAsync("agent", "shadows", "list");
        foreach (var shown in new[] { "5f1c", "agent-key k1", "langgraph/1", "tools/call pay", "7" })
            Assert.Contains(shown, run.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _server.RunAsync("agent", "shadows", "register", "5f1c", "nightly", "--owner", "kim")).Exit);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"name":"nightly","owner":"kim"}"""), _server.Asked.Last().Body));
        Assert.Equal(0, (await _server.RunAsync("agent", "shadows", "dismiss", "5f1c", "--reason", "ours")).Exit);
    }

    [Fact]
    public async Task An_audit_shows_what_was_found_and_ends_with_1_and_with_0_where_nothing_was()
    {
        const string Found = """{"agent":"a","at":"2026-07-31T12:00:00Z","grants":[{"grant":"desk/*","days_used":3,"calls":7,"last_used":"2026-07-30T12:00:00Z","least_amount":"3","most_amount":"12.5","tools_used":["look"],"findings":["wider-than-used"]}],"credentials":[{"key_id":"k1","calls":7,"expires_at":"2026-09-01T00:00:00Z","findings":[]}],"proposed":["desk/look"]}""";
        _server.On("GET /v1/agents", Samples.Agents).On("GET /v1/agents/01990000-0000-7000-8000-000000000001/audit", Found);
        var run = await _server.RunAsync("agent", "audit", "support-agent");
        Assert.Equal((1, ""), (run.Exit, run.Error));
        foreach (var shown in new[] { "wider-than-used", "3 to 12.5", "desk/look", "k1", "never" })
            Assert.Contains(shown, run.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await _server.RunAsync("agent", "audit", "support-agent", "--json")).Exit);
        _server.On("GET /v1/agents/01990000-0000-7000-8000-000000000001/audit", Found.Replace("\"wider-than-used\"", "", StringComparison.Ordinal));
        Assert.Equal(0, (await _server.RunAsync("agent", "audit", "support-agent")).Exit);
    }

    [Fact]
    public async Task Adding_a_server_sends_the_file_and_says_what_is_quarantined()
    {
        _server.On("POST /v1/servers", Samples.Server, 201);
        using var file = new TemporaryFile("""{"slug":"desk", /* a note */ "connection":{"type":"declared"},}""");
        var run = await _server.RunAsync("server", "add", file.Path);
        Assert.Equal(0, run.Exit);
        Assert.Contains("nobody classified it", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 2 tools are quarantined", run.Error, StringComparison.Ordinal);
        Assert.Equal("desk", Assert.Single(_server.Asked).Body!["slug"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("{\n  \"slug\": \"desk\"\n  \"x\": 1}", ":3:")]
    [InlineData("[]", "does not hold a JSON object")]
    [InlineData("{\"slug\":\"a\",\"slug\":\"b\"}", "uplicate")]
    [InlineData("", "is not JSON")]
    public async Task A_file_that_is_wrong_is_not_sent_and_the_place_is_named(string text, string says)
    {
        using var file = new TemporaryFile(text);
        var run = await _server.RunAsync("server", "add", file.Path);
        Assert.Equal(2, run.Exit);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Contains("there is no such file", (await _server.RunAsync("server", "add", file.Path + ".gone")).Error, StringComparison.Ordinal);
        Assert.Empty(_server.Asked);
    }

    [Fact]
    public async Task A_task_is_opened_for_an_agent_by_name_and_its_token_shown()
    {
        _server.On("GET /v1/agents", Samples.Agents).On("POST /v1/tasks", """{"task":"t1","root":"t1","token":"wtk_once"}""", 201);
        var run = await _server.RunAsync("task", "open", "support-agent", "--purpose", "ticket 4711");
        Assert.Contains("wtk_once", run.Output, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"agent":"01990000-0000-7000-8000-000000000001","interface":"writ","purpose":"ticket 4711"}"""),
            _server.Asked.Last().Body));
    }

    [Theory]
    [InlineData("ALLOW", 0)]
    [InlineData("ALLOW_WITH_CONSTRAINTS", 0)]
    [InlineData("REQUIRE_APPROVAL", 1)]
    [InlineData("REMEDIATE", 1)]
    [InlineData("DENY", 1)]
    public async Task Explaining_ends_with_1_where_the_call_would_not_go_through(string outcome, int exit)
    {
        _server.On("GET /v1/agents", Samples.Agents).On(
            "POST /v1/explain",
            $$"""{"outcome":"{{outcome}}","rules":["refunds"],"constraints":["max"],"gates":[{"name":"policy","result":"passed"}],"facts_not_looked_up":["order"],"points_not_asked":["opa"],"snapshot":"s"}""");
        var run = await _server.RunAsync("policy", "explain", "support-agent", "desk/refund_order", "--arguments", """{"amount":240.00}""");
        Assert.Equal(exit, run.Exit);
        Assert.StartsWith(outcome, run.Output, StringComparison.Ordinal);
        Assert.Contains("refunds", run.Output, StringComparison.Ordinal);
        Assert.Matches("not looked up +order", run.Output);
        Assert.Matches("not asked +opa", run.Output);
        Assert.Equal("""{"amount":240.00}""", _server.Asked.Last().Body!["arguments"]!.ToJsonString());
        Assert.Equal(exit, (await _server.RunAsync("policy", "explain", "support-agent", "desk/refund_order", "--json")).Exit);
    }

    [Theory]
    [InlineData("desk", "{}")]
    [InlineData("desk/", "{}")]
    [InlineData("desk/get", "[]")]
    [InlineData("desk/get", "{")]
    [InlineData("desk/get", """{"a":1,"a":2}""")]
    [InlineData("desk/get", "@no-such-file")]
    public async Task A_question_that_is_none_is_not_asked(string tool, string arguments)
    {
        Assert.Equal(2, (await _server.RunAsync("policy", "explain", "support-agent", tool, "--arguments", arguments)).Exit);
        Assert.Empty(_server.Asked);
    }
}
