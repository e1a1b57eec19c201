using System.Text.Json.Nodes;
using Writ.Server.Configuration;
using Writ.Server.Telemetry;

namespace Writ.Server.Tests.Otlp;

/// <summary>What Writ sends to a collector.</summary>
public sealed class TelemetryExportTests : IDisposable
{
    private const string Words = "the telltale words";

    private readonly string _folder = Directory.CreateTempSubdirectory("writ-export-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_decision_and_its_effect_are_spans_that_say_where_the_evidence_is_and_nothing_that_was_written()
    {
        await using var collector = await Collector.StartAsync();
        await using var writ = await StartAsync(collector.Port);
        var (agent, point) = await PrepareAsync(writ);
        var permitted = await DecideAsync(writ, point, agent, "look");
        Assert.Equal(204, (await writ.SendAsync("POST", $"/v1/decisions/{permitted}/effect", point, $$"""{"status":"failed","error":"upstream_error","result":"{{Words}}"}""")).Status);
        var spans = await collector.SpansAsync(2);

        var (decision, effect) = (spans[0], spans[1]);
        Assert.Equal(("apply_guardrail look", "", "1"), (Of(decision, "name"), Of(decision, "parent"), decision["kind"]!.ToString()));
        Assert.Equal(permitted.Replace("-", "", StringComparison.Ordinal), Of(decision, "trace"));
        Assert.Equal(
            ("apply_guardrail", "GUARDRAIL", agent, "look", "ALLOW", permitted, "writ.local/default/decisions", "tool/desk/look"),
            (Said(decision, "gen_ai.operation.name"), Said(decision, "openinference.span.kind"), Said(decision, "gen_ai.agent.id"), Said(decision, "gen_ai.tool.name"),
                Said(decision, "writ.decision.outcome"), Said(decision, "writ.decision.id"), Said(decision, "writ.ledger.log"), Said(decision, "writ.action")));
        Assert.Equal(["test/p"], decision["attributes"]!["writ.decision.rules"]!.AsArray().Select(r => r!.GetValue<string>()));
        Assert.Equal(64, Said(decision, "writ.decision.snapshot").Length);
        var (_, recorded, _) = await writ.SendAsync("GET", $"/v1/decisions/{permitted}", writ.Person);
        Assert.Equal(recorded!["index"]!.ToString(), decision["attributes"]!["writ.ledger.index"]!.ToString());
        Assert.Equal(recorded["at"]!.ToString() + "000", Of(decision, "start"));

        Assert.Equal(("execute_tool look", Of(decision, "trace"), Of(decision, "span"), "2"), (Of(effect, "name"), Of(effect, "trace"), Of(effect, "parent"), effect["status"]!.ToString()));
        Assert.Equal(
            ("execute_tool", "TOOL", "failed", "upstream_error", permitted),
            (Said(effect, "gen_ai.operation.name"), Said(effect, "openinference.span.kind"), Said(effect, "writ.effect.status"), Said(effect, "error.type"), Said(effect, "writ.decision.id")));
        Assert.Equal(recorded["effect_record"]!["at"]!.ToString() + "000", Of(effect, "end"));
        Assert.DoesNotContain("telltale", decision.ToJsonString() + effect.ToJsonString());
    }

    [Fact]
    public async Task The_headers_of_the_environment_are_sent_and_told_nobody()
    {
        await using var collector = await Collector.StartAsync();
        var name = "WRIT_TEST_OTLP_" + Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(name, "authorization=Bearer%20telltale-secret, x-scope=team");
        await using var writ = await StartAsync(collector.Port, name);
        var (agent, _) = await writ.AgentAsync();
        await DecideAsync(writ, await writ.PointAsync(agent), agent, "look", permitted: false);
        var request = await collector.NextAsync();
        Assert.Equal(("Bearer telltale-secret", "application/x-protobuf"), (Of(request, "authorization"), Of(request, "type")));
        Assert.Equal(("writ", "default"), (Of(request["resource"]!, "service.name"), Of(request["resource"]!, "writ.organization")));
        Assert.DoesNotContain("telltale", await MetricsAsync(writ));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("telltale pair")]
    [InlineData("=telltale")]
    [InlineData("telltale=")]
    [InlineData("tell tale=x")]
    [InlineData("a=telltale%0Ab")]
    [InlineData("content-type=telltale")]
    public async Task Headers_that_are_none_refuse_the_start_and_are_not_repeated(string? text)
    {
        var name = "WRIT_TEST_OTLP_" + Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(name, text);
        var start = await WritServer.StartAsync(Options(1, name), TimeProvider.System, TestContext.Current.CancellationToken);
        var refused = Assert.IsType<ServerStart.Refused>(start);
        Assert.Equal("WRIT2084", refused.Code);
        if (text is { Length: > 0 })
            Assert.DoesNotContain(text, refused.Message);
    }

    [Fact]
    public async Task Nothing_is_lost_while_the_collector_is_down_also_across_a_restart_and_no_decision_waits()
    {
        await using var collector = await Collector.StartAsync();
        await collector.AnswerAsync(503);
        string agent, point, first;
        await using (var writ = await StartAsync(collector.Port))
        {
            (agent, point) = await PrepareAsync(writ);
            first = await DecideAsync(writ, point, agent, "look");
            Assert.Equal(503, (await collector.NextAsync())["status"]!.GetValue<int>());
            var metrics = await MetricsAsync(writ);
            Assert.Contains("writ_otlp_spans_sent_total{organization=\"default\"} 0\n", metrics);
            Assert.DoesNotContain("writ_otlp_behind_records{organization=\"default\"} 0\n", metrics);
        }

        await using (var writ = await StartAsync(null))
            Assert.Equal(204, (await writ.SendAsync("POST", $"/v1/decisions/{first}/effect", point, """{"status":"executed"}""")).Status); // while nothing is exported at all
        await collector.AnswerAsync(200);
        await using (var writ = await StartAsync(collector.Port))
        {
            var second = await DecideAsync(writ, point, agent, "look");
            var spans = await collector.SpansAsync(3);
            Assert.Equal([first, first, second], spans.Select(s => Said(s, "writ.decision.id")));
            Assert.Equal("apply_guardrail, execute_tool, apply_guardrail", string.Join(", ", spans.Select(s => Said(s, "gen_ai.operation.name"))));
        }
    }

    [Fact]
    public async Task What_the_collector_will_never_take_is_counted_and_the_rest_goes_on()
    {
        await using var collector = await Collector.StartAsync();
        await collector.AnswerAsync(400);
        await using var writ = await StartAsync(collector.Port);
        var (agent, _) = await writ.AgentAsync();
        var point = await writ.PointAsync(agent);
        await DecideAsync(writ, point, agent, "look", permitted: false);
        await collector.NextAsync();
        await collector.AnswerAsync(200);
        var second = await DecideAsync(writ, point, agent, "look", permitted: false);
        Assert.Equal(second, Said(Assert.Single(await collector.SpansAsync(1)), "writ.decision.id"));
        Assert.Contains("writ_otlp_spans_dropped_total{organization=\"default\"} 1\n", await MetricsAsync(writ));
    }

    [Fact]
    public void Headers_are_read_as_the_SDKs_read_them() =>
        Assert.Equal([("a", "1, 2"), ("b", "x=y")], OtlpHeaders.Parse(" a=1%2C%202 ,b=x=y,"));

    private ServerOptions Options(int? port, string? headers = null) => RunningServer.OptionsIn(_folder) with
    {
        Floor = false, // it asks for what an enforcement point of nothing does not enforce
        Telemetry = new TelemetrySettings { OtlpEndpoint = port is null ? null : new Uri($"http://127.0.0.1:{port}/v1/traces"), OtlpHeadersVariable = headers },
    };

    private Task<RunningServer> StartAsync(int? port, string? headers = null) => RunningServer.StartWithAsync(_folder, Options(port, headers));

    /// <summary>A declared tool that a policy permits, an agent that has it, and the enforcement point before it.</summary>
    private static async Task<(string Agent, string Point)> PrepareAsync(RunningServer writ)
    {
        var (agent, _) = await writ.AgentAsync();
        var (status, body, _) = await writ.SendAsync(
            "POST", "/v1/servers", writ.Person,
            """{"slug":"desk","connection":{"type":"declared"},"tools":{"look":{"effect":"read","capability":"c","risk_tags":["none"]}},"definitions":[{"name":"look","inputSchema":{"type":"object"}}]}""");
        Assert.True(status == 201, body?.ToJsonString());
        (status, body, _) = await writ.SendAsync(
            "POST", "/v1/bundles", writ.Person,
            new JsonObject
            {
                ["manifest"] = new JsonObject { ["name"] = "test", ["version"] = "1", ["tier"] = "soft" },
                ["files"] = new JsonArray(new JsonObject { ["path"] = "p.cedar", ["text"] = "@id(\"p\") permit (principal, action, resource);" }),
            }.ToJsonString());
        Assert.True(status is 200 or 201, body?.ToJsonString());
        return (agent, await writ.PointAsync(agent));
    }

    private static async Task<string> DecideAsync(RunningServer writ, string point, string agent, string tool, bool permitted = true)
    {
        var (status, body, _) = await writ.SendAsync(
            "POST", "/access/v1/evaluation", point,
            $$$"""{"subject":{"type":"agent","id":"{{{agent}}}"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk/{{{tool}}}"},"context":{"note":"{{{Words}}}"}}""");
        Assert.True(status == 200, body?.ToJsonString());
        Assert.True(body!["decision"]!.GetValue<bool>() == permitted, body.ToJsonString());
        return body["context"]!["id"]!.GetValue<string>();
    }

    private static async Task<string> MetricsAsync(RunningServer writ) =>
        await (await writ.SendAsync("GET", "/metrics", writ.Person)).Response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static string Of(JsonNode of, string name) => of[name]!.GetValue<string>();

    private static string Said(JsonNode span, string attribute) => span["attributes"]![attribute]!.GetValue<string>();
}
