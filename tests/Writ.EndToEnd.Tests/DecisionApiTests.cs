using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Writ.EndToEnd.Tests;

/// <summary>The AuthZEN door: a registered enforcement point asks, enforces and reports; nobody else is answered.</summary>
public sealed class DecisionApiTests
{
    private const string Policy = """
        @id("all") permit (principal, action in Writ::Action::"server/warehouse", resource) unless { context.asserted has embargo && context.asserted.embargo };
        @id("far") @reason("far away") forbid (principal, action, resource) when { context.args has to && context.args.to == "moon" };
        @id("large") @discharge("approval") @approvers("capability/app") @timeout("30m") @reason("large")
        forbid (principal, action, resource) when { context.args has count && context.args.count > 100 };
        @id("limit") @discharge("constraint") @constraint("argument_clamp count <= 20") @reason("few")
        forbid (principal, action, resource) when { context.args has count && context.args.count > 20 && context.args.count <= 100 };
        """;

    [Fact]
    public async Task It_allows_and_denies_and_takes_each_effect_once_from_the_one_that_asked()
    {
        await using var stage = await Stage.SetAsync();
        var allowed = await stage.AskAsync(Goods(5));
        Assert.True(allowed["decision"]!.GetValue<bool>());
        Assert.Equal("ALLOW", allowed["context"]!.Word("outcome"));
        var denied = await stage.AskAsync(new JsonObject { ["count"] = 5, ["to"] = "moon" });
        Assert.False(denied["decision"]!.GetValue<bool>());
        Assert.Equal(("DENY", "WRIT1002"), (denied["context"]!.Word("outcome"), denied["context"]!.Word("code")));
        Assert.DoesNotContain("far", denied.ToJsonString());

        var id = allowed["context"]!.Word("id")!;
        var other = await stage.PointAsync("other");
        Assert.Equal(HttpStatusCode.NotFound, await stage.SettleAsync(id, "executed", other));
        Assert.Equal(HttpStatusCode.BadRequest, await stage.SettleAsync(id, "unknown"));
        Assert.Equal(HttpStatusCode.NoContent, await stage.SettleAsync(id, "executed"));
        Assert.Equal(HttpStatusCode.NotFound, await stage.SettleAsync(id, "failed"));
        Assert.Equal(HttpStatusCode.NotFound, await stage.SettleAsync(denied["context"]!.Word("id")!, "executed"));
        var recorded = await stage.Writ.GetAsync($"/v1/decisions/{id}");
        Assert.Equal(("executed", "4bf92f3577b34da6a3ce929d0e0e4736"), (recorded["effect_record"]!.Word("status"), recorded.Word("trace")));
    }

    [Fact]
    public async Task A_held_action_is_permitted_once_after_its_approval()
    {
        await using var stage = await Stage.SetAsync();
        var held = await stage.AskAsync(Goods(500));
        Assert.False(held["decision"]!.GetValue<bool>());
        Assert.Equal("REQUIRE_APPROVAL", held["context"]!.Word("outcome"));
        await stage.Writ.ApproveAsync(held["context"]!.Word("approval")!);
        Assert.False((await stage.AskAsync(Goods(501)))["decision"]!.GetValue<bool>());
        Assert.True((await stage.AskAsync(Goods(500)))["decision"]!.GetValue<bool>());
        Assert.False((await stage.AskAsync(Goods(500)))["decision"]!.GetValue<bool>());
    }

    [Fact]
    public async Task T57_a_constraint_goes_only_to_who_said_that_it_enforces_it()
    {
        await using var stage = await Stage.SetAsync();
        var refused = await stage.AskAsync(Goods(50));
        Assert.False(refused["decision"]!.GetValue<bool>());
        Assert.Equal("WRIT1006", refused["context"]!.Word("code"));

        var enforcing = await stage.PointAsync("enforcing", enforces: "argument_clamp");
        var allowed = await stage.AskAsync(Goods(50), enforcing);
        Assert.True(allowed["decision"]!.GetValue<bool>());
        Assert.Equal("ALLOW_WITH_CONSTRAINTS", allowed["context"]!.Word("outcome"));
        Assert.Equal(20, allowed["context"]!["arguments"]!["count"]!.GetValue<int>());
        Assert.NotEmpty(allowed["context"]!["constraints"]!.AsArray());
        Assert.Equal(
            """[{"kind":"argument_clamp","limit":"argument_clamp count <= 20","enforce":true}]""",
            allowed["context"]!["obligations"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public async Task T07_only_registered_names_are_facts_and_all_else_is_arguments()
    {
        await using var stage = await Stage.SetAsync();
        var asserting = await stage.PointAsync("asserting", fact: "embargo");
        var context = new JsonObject { ["embargo"] = true };
        Assert.False((await stage.AskAsync(Goods(5), asserting, context))["decision"]!.GetValue<bool>());
        Assert.True((await stage.AskAsync(Goods(5), asserting, new JsonObject { ["embargo"] = false }))["decision"]!.GetValue<bool>());

        // To anyone else the same name is an argument, which the pinned schema does not know.
        var smuggled = await stage.AskAsync(Goods(5), context: new JsonObject { ["embargo"] = false });
        Assert.Equal("WRIT5002", smuggled["context"]!.Word("code"));
    }

    [Fact]
    public async Task T40_agents_persons_and_strangers_are_not_answered()
    {
        await using var stage = await Stage.SetAsync();
        foreach (var token in new[] { stage.AgentKey, stage.Writ.AdministratorToken, "epk_nobody" })
        {
            using var client = stage.Writ.Client(token);
            using var answer = await client.PostAsJsonAsync("/access/v1/evaluation", stage.Question(Goods(5)));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        var allowed = (await stage.AskAsync(Goods(5)))["context"]!.Word("id")!;
        Assert.Equal(HttpStatusCode.Forbidden, await stage.SettleAsync(allowed, "executed", stage.AgentKey));
        Assert.Equal(HttpStatusCode.Forbidden, await stage.SettleAsync(allowed, "executed", stage.Writ.AdministratorToken));
        Assert.Single(await stage.Writ.DecisionsAsync());
    }

    [Fact]
    public async Task It_asks_only_for_the_agents_it_was_registered_for()
    {
        await using var stage = await Stage.SetAsync();
        var (stranger, _) = await stage.Writ.AgentAsync("stranger", "warehouse/*");
        using var client = stage.Writ.Client(stage.Point);
        using var answer = await client.PostAsJsonAsync("/access/v1/evaluation", stage.Question(Goods(5), agent: stranger));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await stage.Writ.DecisionsAsync());
    }

    [Fact]
    public async Task An_effect_may_still_be_reported_after_a_restart()
    {
        await using var stage = await Stage.SetAsync();
        var id = (await stage.AskAsync(Goods(5)))["context"]!.Word("id")!;
        await stage.Writ.RestartAsync();
        Assert.Equal(HttpStatusCode.NoContent, await stage.SettleAsync(id, "executed"));
        await stage.Writ.RestartAsync();
        Assert.Equal(HttpStatusCode.NotFound, await stage.SettleAsync(id, "executed"));
        Assert.Equal("executed", Assert.Single(await stage.Writ.DecisionsAsync()).Effect());
    }

    [Fact]
    public async Task T16_an_approval_does_not_outlive_the_definition_it_was_given_for()
    {
        await using var stage = await Stage.SetAsync();
        var approval = (await stage.AskAsync(Goods(500)))["context"]!.Word("approval")!;
        await stage.Writ.ApproveAsync(approval);
        await Stage.RegisterAsync(stage.Writ, "Ships goods, and tells the competition.");
        var again = (await stage.AskAsync(Goods(500)))["context"]!;
        Assert.Equal("REQUIRE_APPROVAL", again.Word("outcome"));
        Assert.NotEqual(approval, again.Word("approval"));
    }

    [Fact]
    public async Task T82_one_agent_cannot_fill_the_desk_of_those_who_approve()
    {
        await using var stage = await Stage.SetAsync();
        for (var i = 0; i < 100; i++)
            Assert.Equal("WRIT4001", (await stage.AskAsync(Goods(500 + i)))["context"]!.Word("code"));
        Assert.Equal("WRIT4004", (await stage.AskAsync(Goods(1000)))["context"]!.Word("code"));
        Assert.Equal(100, (await stage.Writ.GetAsync("/v1/approvals"))["approvals"]!.AsArray().Count);
    }

    [Fact]
    public async Task Questions_that_are_not_exactly_questions_are_refused()
    {
        await using var stage = await Stage.SetAsync();
        using var client = stage.Writ.Client(stage.Point);
        var good = stage.Question(Goods(5)).ToJsonString();
        foreach (var (wrong, status) in new[]
        {
            ("{", 400),
            ("null", 400),
            (good.Replace("\"subject\"", "\"subjekt\""), 400),
            (good.Replace("{\"count\":5}", "{\"count\":5,\"count\":6}"), 400),
            (good.Replace("{\"count\":5}", "[5]"), 400),
            (good.Replace("\"context\":{}", "\"context\":{\"count\":6}"), 400),
            (good.Replace("warehouse/ship", "warehouse"), 400),
            (good.Replace("tool/call", "tool/warehouse/other"), 400),
            (good.Replace("{\"count\":5}", $"{{\"to\":\"{new string('x', 1 << 20)}\"}}"), 413),
        })
        {
            Assert.NotEqual(good, wrong);
            using var answer = await client.PostAsync("/access/v1/evaluation", new StringContent(wrong, System.Text.Encoding.UTF8, "application/json"));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode == status, $"{wrong[..Math.Min(200, wrong.Length)]}: {(int)answer.StatusCode} {text}");
            Assert.False(JsonNode.Parse(text)!.AsObject().ContainsKey("decision"));
        }

        Assert.Empty(await stage.Writ.DecisionsAsync());
    }

    private static JsonObject Goods(int count) => new() { ["count"] = count };

    /// <summary>A declared server with one tool, an agent that may use it, and an enforcement point that enforces nothing.</summary>
    private sealed class Stage(RunningWrit writ, string agentId, string agentKey) : IAsyncDisposable
    {
        public RunningWrit Writ => writ;

        public string AgentKey => agentKey;

        public string Point { get; private set; } = "";

        public static async Task<Stage> SetAsync()
        {
            var writ = await RunningWrit.StartAsync();
            await RegisterAsync(writ, "Ships goods.");
            await writ.PublishAsync("warehouse", Policy);
            var (id, key) = await writ.AgentAsync("shipper", "warehouse/*");
            var stage = new Stage(writ, id, key);
            stage.Point = await stage.PointAsync("gate");
            return stage;
        }

        public static Task<JsonObject> RegisterAsync(RunningWrit writ, string description) => writ.PostAsync("/v1/servers", JsonNode.Parse($$$"""
            {
              "slug": "warehouse", "connection": {"type": "declared"},
              "tools": {"ship": {"effect": "egress", "capability": "goods.ship", "risk_tags": ["none"]}},
              "definitions": [{"name": "ship", "description": "{{{description}}}", "inputSchema": {
                "type": "object", "properties": {"count": {"type": "integer"}, "to": {"type": "string"}}, "required": ["count"], "additionalProperties": false}}]
            }
            """));

        /// <summary>Registers an enforcement point; its key.</summary>
        public async Task<string> PointAsync(string name, string? fact = null, string? enforces = null) =>
            (await writ.PostAsync("/v1/enforcement-points", new JsonObject
            {
                ["name"] = name,
                ["agents"] = new JsonArray(agentId),
                ["facts"] = fact is null ? [] : new JsonArray(fact),
                ["enforces"] = enforces is null ? [] : new JsonArray(enforces),
            })).Word("key")!;

        public JsonObject Question(JsonObject arguments, JsonObject? context = null, string? agent = null) => new()
        {
            ["subject"] = new JsonObject { ["type"] = "agent", ["id"] = agent ?? agentId },
            ["action"] = new JsonObject { ["name"] = "tool/call" },
            ["resource"] = new JsonObject { ["type"] = "tool", ["id"] = "warehouse/ship", ["properties"] = arguments },
            ["context"] = context ?? [],
        };

        public async Task<JsonObject> AskAsync(JsonObject arguments, string? point = null, JsonObject? context = null)
        {
            using var client = writ.Client(point ?? Point);
            client.DefaultRequestHeaders.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
            using var answer = await client.PostAsJsonAsync("/access/v1/evaluation", Question(arguments, context));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
            return JsonNode.Parse(text)!.AsObject();
        }

        public async Task<HttpStatusCode> SettleAsync(string decision, string status, string? token = null)
        {
            using var client = writ.Client(token ?? Point);
            using var answer = await client.PostAsJsonAsync($"/v1/decisions/{decision}/effect", new JsonObject { ["status"] = status });
            return answer.StatusCode;
        }

        public ValueTask DisposeAsync() => writ.DisposeAsync();
    }
}
