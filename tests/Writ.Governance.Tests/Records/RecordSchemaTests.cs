using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Reflection;
using Writ.Crypto.Json;
using Writ.Governance.Admission;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Tasks;
using Writ.Governance.Telemetry;
using Writ.Governance.Tests.Telemetry;
using Writ.Testing;

namespace Writ.Governance.Tests.Records;

/// <summary>The published schema of records, asked of a validator of others. Every record of every other test goes through it as well.</summary>
public sealed class RecordSchemaTests
{
    private const string Policy = World.PermitAll + """
        @discharge("approval") @approvers("capability/security") forbid (principal, action == Writ::Action::"tool/desk/pay", resource);
        @discharge("constraint") @constraint("timeout 5s") forbid (principal, action == Writ::Action::"tool/desk/note", resource);
        @discharge("remediation") @remedy("look()") forbid (principal, action == Writ::Action::"tool/desk/wipe", resource);
        """;

    [Fact]
    public async Task Every_kind_of_record_is_accepted_and_with_a_member_more_one_less_or_another_type_refused()
    {
        var seen = new HashSet<string>();
        foreach (var record in await RecordsAsync())
        {
            var kind = record["kind"]?.GetValue<string>() ?? $"control/{record["action"]!["kind"]}";
            Assert.Null(Ask(record));
            Assert.True(Ask(With(record, "unknown", 1)) is not null, $"{kind} takes an unknown member");
            foreach (var (name, value) in record)
            {
                JsonNode wrong = value is JsonObject ? "text" : new JsonObject { ["a"] = 1 };
                Assert.True(Ask(With(record, name, wrong)) is not null, $"{kind} takes an object for {name}");
            }

            foreach (var name in RequiredOf(kind.Split('/')[0]))
                Assert.True(Ask(Without(record, name)) is not null, $"{kind} does without {name}");
            seen.Add(kind);
        }

        Assert.Superset(new HashSet<string> { "decision", "effect", "approval", "task", "telemetry", "admission", "control/agent.registered", "control/bundle.published" }, seen);
    }

    [Fact]
    public void The_schema_has_every_control_action_with_its_members()
    {
        var defs = JsonNode.Parse(RecordSchema.Document.Span)!["$defs"]!.AsObject();
        var actions = typeof(ControlAction).GetCustomAttributes<JsonDerivedTypeAttribute>().ToDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType);
        Assert.Equal(actions.Keys.Order(), defs.Where(d => d.Key.StartsWith("control/", StringComparison.Ordinal)).Select(d => d.Key["control/".Length..]).Order());
        foreach (var (kind, type) in actions)
        {
            var typed = StrictJson.Options.GetJsonSchemaAsNode(type).AsObject();
            var published = defs[$"control/{kind}"]!.AsObject();
            Assert.Equal(Names(typed["properties"]?.AsObject()).Append("kind").Order(), Names(published["properties"]!.AsObject()).Order());
            Assert.Equal(
                (typed["required"]?.AsArray().Select(n => n!.GetValue<string>()) ?? []).Append("kind").Order(),
                published["required"]!.AsArray().Select(n => n!.GetValue<string>()).Order());
            Assert.False(published["additionalProperties"]!.GetValue<bool>());
        }

        static IEnumerable<string> Names(JsonObject? properties) => properties?.Select(p => p.Key) ?? [];
    }

    [Theory]
    [InlineData("decision")]
    [InlineData("effect")]
    [InlineData("approval")]
    [InlineData("task")]
    [InlineData("telemetry")]
    public void The_document_has_a_row_for_every_member_and_no_other(string kind)
    {
        var section = File.ReadAllText(Repository.PathOf("docs", "records.md")).Split($"\n## {kind}\n")[1].Split("\n## ")[0];
        var rows = section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => line.Split('|')[1].Split(',').Select(name => name.Split('`')[1]));
        Assert.Equal(JsonNode.Parse(RecordSchema.Document.Span)!["$defs"]![kind]!["properties"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    /// <summary>Records of every kind, as a world writes them.</summary>
    private static async Task<IReadOnlyList<JsonObject>> RecordsAsync()
    {
        using var world = await World.WithAsync(Policy);
        await world.TakeAsync(
            new AgentBackupOwnerChanged(world.Agent, "x", PersonId.Parse("pat")), new AgentCeilingChanged(world.Agent, new TaskCeiling(1_000), "x"));
        var (task, _) = (await world.Tasks.OpenAsync(World.Organization, new TaskOpening
        {
            Agent = world.Agent,
            Credential = ((Caller.AgentCaller)world.Authenticator.Authenticate("Bearer " + world.Key)!).KeyId,
            StartedBy = new Attested<PersonId>(PersonId.Parse("pat"), "person/pat"),
            User = new Attested<string>("alice", "person/pat"),
            Workflow = new Attested<string>("w", "person/pat"),
            RequestWords = "please",
        }))!.Value;
        var request = await world.RequestAsync("look");
        var permitted = Assert.IsType<Decision.Permitted>(await world.Governor.DecideAsync(request with
        {
            Facts = request.Facts with
            {
                Task = task, Trace = TraceParent.Read("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), Session = Guid.NewGuid(), Report = new SelfReport(850, "because"),
            },
        }));
        await world.Settlement.SettleAsync(permitted.Dispatch, new EffectReport(EffectStatus.Failed, "no"u8.ToArray(), "upstream_error") { Upstream = TimeSpan.FromMilliseconds(3) });
        var held = Assert.IsType<Decision.Held>(await world.CallAsync("pay", """{"amount":5}"""));
        Assert.Null(await world.AnswerAsync("sam", held.Approval, evidence: "seen"));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":5}"""));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("note", """{"text":"x"}"""));
        Assert.IsType<Decision.Remedied>(await world.CallAsync("wipe"));
        Assert.IsType<Decision.Denied>(await world.CallAsync("none"));

        var span = Spans.Of("4bf92f3577b34da6a3ce929d0e0e4736", 0x00f067aa0ba902b7, ("gen_ai.operation.name", "execute_tool"), ("gen_ai.tool.name", "look"), ("error.type", "timeout")) with
        {
            Parent = 1,
        };
        var chat = Spans.Of("4bf92f3577b34da6a3ce929d0e0e4736", 2, ("gen_ai.operation.name", "chat"), ("gen_ai.request.model", "m-1"), ("gen_ai.system", "p"))
            .With("gen_ai.usage.input_tokens", 5).With("gen_ai.usage.output_tokens", 6);
        Assert.IsType<TelemetryOutcome.Taken>(await world.Telemetry.RecordAsync(world.Authenticator.Authenticate("Bearer " + world.Key)!, null, [span, chat]));

        using var writer = new JcsWriter();
        AdmissionRecord.WriteTo(writer, Guid.NewGuid(), world.Time.GetUtcNow(), new RefusedTraffic(World.Organization, "key", "rate"), 3);
        return [.. world.ControlLog.Records.Concat(world.DecisionLog.Records).Append(JsonElement.Parse(writer.Written)).Select(r => JsonNode.Parse(r.GetRawText())!.AsObject())];
    }

    private static IEnumerable<string> RequiredOf(string kind) =>
        JsonNode.Parse(RecordSchema.Document.Span)!["$defs"]![kind]!["required"]!.AsArray().Select(n => n!.GetValue<string>());

    private static JsonObject With(JsonObject record, string name, JsonNode value)
    {
        var changed = record.DeepClone().AsObject();
        changed[name] = value;
        return changed;
    }

    private static JsonObject Without(JsonObject record, string name)
    {
        var changed = record.DeepClone().AsObject();
        changed.Remove(name);
        return changed;
    }

    private static string? Ask(JsonObject record) => RecordOracle.Ask(Encoding.UTF8.GetBytes(record.ToJsonString()));
}
