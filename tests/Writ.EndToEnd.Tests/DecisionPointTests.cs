using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Writ.EndToEnd.Tests;

/// <summary>Decision points outside Writ through the MCP door: another program's, and another Writ's.</summary>
public sealed class DecisionPointTests
{
    private const string PermitAll = """permit (principal, action in Writ::Action::"tool/call", resource);""";

    [Theory]
    [InlineData("opa", "/v1/data/agents/allow")]
    [InlineData("authzen", "/access/v1/evaluation")]
    public async Task What_the_policies_permit_reaches_the_server_only_where_the_point_agrees(string kind, string path)
    {
        var secret = $"Bearer {Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable($"WRIT_POINT_DEFAULT__PEER_{kind.ToUpperInvariant()}", secret);
        await using var point = await PointServer.StartAsync(secret, "C-104");
        await using var stage = await Stage.SetAsync();
        Assert.False((await stage.GetCustomerAsync("C-105")).ContainsKey("error"));
        var shown = await stage.RegisterAsync(new JsonObject
        {
            ["name"] = $"peer-{kind}", ["kind"] = kind, ["url"] = $"http://127.0.0.1:{point.Port}{path}",
            ["allowed_addresses"] = new JsonArray("127.0.0.1"), ["secret_header"] = "Authorization",
        });
        Assert.True(shown["point"]!["secret_set"]!.GetValue<bool>());

        Assert.False((await stage.GetCustomerAsync("C-104")).ContainsKey("error"));
        (await stage.GetCustomerAsync("C-105")).Refused("WRIT1050");
        await point.KillAsync();
        (await stage.GetCustomerAsync("C-104")).Refused("WRIT1051");
        Assert.Equal(2, stage.Desk.Calls().Count);

        var records = await stage.Writ.DecisionsAsync();
        Assert.Equal(["unreachable", "deny", "allow"], records.Take(3).Select(r => r["points"]![0]!.Word("answer")));
        Assert.Equal("remote", records[0]["gates"]!.AsArray().Last()!.GetValue<string>());
        Assert.DoesNotContain(secret, (await stage.Writ.GetAsync("/v1/decision-points")).ToJsonString());
        await stage.Writ.StopAsync();
        Assert.DoesNotContain(
            Directory.EnumerateFiles(stage.Writ.Folder, "*", SearchOption.AllDirectories),
            file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret)) >= 0);
    }

    [Fact]
    public async Task Another_writ_is_asked_as_any_decision_point()
    {
        await using var other = await RunningWrit.StartAsync();
        await other.PostAsync("/v1/servers", JsonNode.Parse("""
            {
              "slug": "elsewhere", "connection": {"type": "declared"},
              "tools": {"tool/support-desk/get_customer": {"effect": "read", "capability": "elsewhere.ask", "risk_tags": ["none"]}},
              "definitions": [{"name": "tool/support-desk/get_customer", "inputSchema": {
                "type": "object", "properties": {"args": {"type": "object", "properties": {"customer_id": {"type": "string"}}, "required": ["customer_id"]}, "team": {"type": "string"}}, "required": ["args", "team"]}}]
            }
            """));
        await other.PublishAsync("elsewhere", """
            @id("known") permit (principal, action in Writ::Action::"server/elsewhere", resource) when { context.args.args.customer_id like "C-10*" && context.args.team == "default" };
            @id("asks") @discharge("approval") @approvers("capability/app") forbid (principal, action, resource) when { context.args.args.customer_id == "C-106" };
            @id("limits") @discharge("constraint") @constraint("read_only") forbid (principal, action, resource) when { context.args.args.customer_id == "C-107" };
            """);
        var (agent, _) = await other.AgentAsync("stands-for-all", "elsewhere/*");
        var key = (await other.PostAsync("/v1/enforcement-points", new JsonObject
        {
            ["name"] = "first-writ", ["agents"] = new JsonArray(agent),
            ["application"] = new JsonObject { ["agent"] = agent, ["server"] = "elsewhere", ["subjects"] = new JsonArray("caller") },
        })).Word("key")!;

        Environment.SetEnvironmentVariable("WRIT_POINT_DEFAULT__OTHER_WRIT", $"Bearer {key}");
        await using var stage = await Stage.SetAsync();
        await stage.RegisterAsync(new JsonObject
        {
            ["name"] = "other-writ", ["kind"] = "authzen", ["url"] = new Uri(other.Address, "/access/v1/evaluation").ToString(), ["allowed_addresses"] = new JsonArray("127.0.0.1"),
            ["subject_type"] = "caller", ["secret_header"] = "Authorization", ["timeout_ms"] = 5000, ["actions"] = new JsonArray("tool/support-desk/get_customer"),
        });
        Assert.False((await stage.GetCustomerAsync("C-104")).ContainsKey("error"));
        (await stage.GetCustomerAsync("C-204")).Refused("WRIT1050");
        (await stage.GetCustomerAsync("C-106")).Refused("WRIT1050"); // held there is no yes here
        (await stage.GetCustomerAsync("C-107")).Refused("WRIT1050"); // and a limit that nobody here enforces neither
        Assert.Equal(["DENY", "REQUIRE_APPROVAL", "DENY", "ALLOW"], (await other.DecisionsAsync()).Select(d => d.Word("outcome")));

        await stage.Writ.RestartAsync();
        (await stage.GetCustomerAsync("C-204")).Refused("WRIT1050");
        Assert.Single(stage.Desk.Calls());
    }

    [Fact]
    public async Task Points_are_registered_listed_and_removed_by_security_and_what_is_wrong_is_said()
    {
        await using var stage = await Stage.SetAsync();
        JsonObject Opa() => new() { ["name"] = "opa", ["kind"] = "opa", ["url"] = "https://opa.example/v1/data/agents/allow" };
        await stage.RegisterAsync(Opa());
        var listed = (await stage.Writ.GetAsync("/v1/decision-points"))["points"]!.AsArray().Single()!;
        Assert.Equal(("opa", "opa", "asked", """["tool/call"]"""), (listed.Word("name"), listed.Word("kind"), listed.Word("state"), listed["actions"]!.ToJsonString()));
        Assert.Contains("already", (await stage.RegisterAsync(Opa(), 409)).Word("detail"));
        Assert.Contains("'effect/monney'", (await stage.RegisterAsync(With(Opa(), "actions", new JsonArray("effect/monney")), 409)).Word("detail"));
        Assert.Contains("timeout_ms", (await stage.RegisterAsync(With(Opa(), "timeout_ms", 60_000), 400)).Word("detail"));
        await stage.RegisterAsync(With(Opa(), "secret", "x"), 400);
        await stage.RegisterAsync(With(Opa(), "kind", "xacml"), 400);

        var platform = (await stage.Writ.PostAsync("/v1/people", new JsonObject { ["name"] = "pat", ["display_name"] = "Pat", ["capabilities"] = new JsonArray("platform") })).Word("token")!;
        using var client = stage.Writ.Client(platform);
        using var refused = await client.PostAsJsonAsync("/v1/decision-points/opa/remove", new JsonObject { ["reason"] = "slow" });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await stage.Writ.PostAsync("/v1/decision-points/opa/remove", new JsonObject { ["reason"] = "" }, 400);
        await stage.Writ.PostAsync("/v1/decision-points/other/remove", new JsonObject { ["reason"] = "slow" }, 404);
        Assert.Empty((await stage.Writ.PostAsync("/v1/decision-points/opa/remove", new JsonObject { ["reason"] = "slow" }, 200))["points"]!.AsArray());
        Assert.False((await stage.GetCustomerAsync("C-104")).ContainsKey("error"));
    }

    [Fact]
    public async Task An_explanation_names_the_points_that_it_does_not_ask()
    {
        await using var stage = await Stage.SetAsync();
        await stage.RegisterAsync(new JsonObject { ["name"] = "opa", ["kind"] = "opa", ["url"] = "https://opa.example/v1/data/agents/allow" });
        var answer = await stage.Writ.PostAsync("/v1/explain", new JsonObject { ["agent"] = stage.Agent, ["server"] = "support-desk", ["tool"] = "get_customer", ["arguments"] = new JsonObject { ["customer_id"] = "C-104" } }, 200);
        Assert.Equal(("ALLOW", """["opa"]"""), (answer.Word("outcome"), answer["points_not_asked"]!.ToJsonString()));
        Assert.Empty(await stage.Writ.DecisionsAsync());
    }

    private static JsonObject With(JsonObject body, string member, JsonNode value)
    {
        body["name"] = "opa-2";
        body[member] = value;
        return body;
    }

    /// <summary>The sample desk behind Writ, everything permitted, and an agent that may call all of it.</summary>
    private sealed class Stage(RunningWrit writ, Desk desk, string agent, McpAgent caller) : IAsyncDisposable
    {
        public RunningWrit Writ => writ;

        public Desk Desk => desk;

        public string Agent => agent;

        public static async Task<Stage> SetAsync()
        {
            var writ = await RunningWrit.StartAsync();
            var desk = await Desk.RegisterAsync(writ);
            await writ.PublishAsync("all", PermitAll);
            var (id, key) = await writ.AgentAsync("helper", "support-desk/*");
            return new Stage(writ, desk, id, new McpAgent(writ, key, "support-desk"));
        }

        public Task<JsonObject> RegisterAsync(JsonObject point, int status = 201) => writ.PostAsync("/v1/decision-points", point, status);

        public async Task<JsonObject> GetCustomerAsync(string id)
        {
            using var fresh = new McpAgent(writ.Client(await KeyAsync()), "support-desk");
            return await fresh.CallAsync("get_customer", new JsonObject { ["customer_id"] = id });
        }

        public async ValueTask DisposeAsync()
        {
            caller.Dispose();
            await writ.DisposeAsync();
        }

        /// <summary>Another key: the address of a Writ changes with a restart, its agents do not.</summary>
        private async Task<string> KeyAsync() => (await writ.PostAsync($"/v1/agents/{agent}/keys")).Word("key")!;
    }
}
