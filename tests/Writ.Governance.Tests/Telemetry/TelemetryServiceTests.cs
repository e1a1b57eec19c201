using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Records.Checks;
using Writ.Governance.Retention;
using Writ.Governance.Tasks;
using Writ.Governance.Telemetry;

namespace Writ.Governance.Tests.Telemetry;

public sealed class TelemetryServiceTests
{
    private const string Policy = World.PermitAll + """
        forbid (principal, action == Writ::Action::"tool/desk/wipe", resource);
        """;

    [Fact]
    public async Task What_an_agent_says_is_claimed_and_its_words_are_sealed()
    {
        using var world = await World.WithAsync(Policy);
        await ReportAsync(world, Spans.Of(Spans.Trace, 7, ("gen_ai.operation.name", "chat"), ("gen_ai.request.model", "m-1"), ("gen_ai.prompt", "tell me of Jane Doe")) with
        {
            Name = "chat with Jane Doe",
            StatusMessage = "Jane Doe left",
            Status = ReportedStatus.Error,
            Events = [new ReportedEvent("said", 5, new JsonObject { ["text"] = "Jane Doe" })],
        });

        var record = Assert.Single(world.DecisionLog.Of("telemetry"));
        Assert.DoesNotContain("Jane", record.GetRawText());
        Assert.Equal(
            ("chat", "m-1", "error", Spans.Trace, "0000000000000007", $"agent/{world.Agent}"),
            (Word(record, "claimed_operation"), Word(record, "claimed_model"), Word(record, "claimed_status"), Word(record, "trace"), Word(record, "span"), Word(record, "subject")));
        var payload = await PayloadAsync(world, record);
        Assert.Equal(
            ("chat with Jane Doe", "Jane Doe left", """{"attribute":"gen_ai.prompt","value":"tell me of Jane Doe"}""", "Jane Doe"),
            (Word(payload, "name"), Word(payload, "status_message"), payload.GetProperty("input").GetRawText(), Word(payload.GetProperty("events")[0].GetProperty("attributes"), "text")));
    }

    [Fact]
    public async Task No_span_says_what_Writ_decided()
    {
        using var world = await World.WithAsync(Policy);
        var decision = await TracedAsync(world, "wipe", 9);
        var before = world.DecisionLog.Records.Count;
        await ReportAsync(world, Spans.Tool("wipe", 9).With("writ.decision.outcome", "ALLOW").With("Writ.decision", decision.Id.ToString()).With("kept", "yes")
            .With("decision", decision.Id.ToString()) with { Resource = new JsonObject { ["writ.ledger.index"] = 5 } });

        var record = Assert.Single(world.DecisionLog.Of("telemetry"));
        Assert.Equal(before + 1, world.DecisionLog.Records.Count);
        Assert.False(record.TryGetProperty("decision", out _));
        Assert.Equal("missing", Word(record, "permit"));
        var payload = await PayloadAsync(world, record);
        Assert.Equal(["gen_ai.operation.name", "gen_ai.tool.name", "kept", "decision"], payload.GetProperty("attributes").EnumerateObject().Select(m => m.Name));
        Assert.Empty(payload.GetProperty("resource").EnumerateObject());
    }

    [Fact]
    public async Task The_use_of_a_tool_is_linked_to_what_permitted_it_once()
    {
        using var world = await World.WithAsync(Policy);
        var first = await TracedAsync(world, "look", 20);
        var second = await TracedAsync(world, "look", 31);
        await ReportAsync(world, Spans.Tool("desk__look", 30), Spans.Of(Spans.Trace, 31) with { Parent = 30 }, Spans.Tool("look", 20), Spans.Tool("look", 40), Spans.Tool("look", 20));
        var linked = world.DecisionLog.Of("telemetry").Where(r => r.TryGetProperty("permit", out _)).Select(r => (Word(r, "permit"), r.TryGetProperty("decision", out var d) ? d.GetGuid() : default));
        Assert.Equal(
            [("found", second.Id.Value), ("found", first.Id.Value), ("missing", default), ("found", first.Id.Value)], // the last is the third once more: a batch that was sent again
            linked);
    }

    [Theory]
    [InlineData("look", "note", Spans.Trace, false, "missing")] // another tool
    [InlineData("look", "look", "00000000000000000000000000000001", false, "missing")] // another trace
    [InlineData("look", "look", Spans.Trace, true, "missing")] // another agent
    [InlineData("wipe", "wipe", Spans.Trace, false, "missing")] // what was refused
    [InlineData("look", "look", Spans.Trace, false, "found")]
    public async Task Nothing_but_a_permission_of_the_same_agent_trace_and_tool_is_linked(string called, string reported, string trace, bool byAnother, string permit)
    {
        using var world = await World.WithAsync(Policy);
        await TracedAsync(world, called, 9);
        var key = byAnother ? (await world.AddAgentAsync("desk/*")).Key : world.Key;
        Assert.IsType<TelemetryOutcome.Taken>(await world.Telemetry.RecordAsync(CallerOf(world, key), null, [Spans.Tool(reported, 9, trace)]));
        Assert.Equal(permit, Word(world.DecisionLog.Of("telemetry").Single(), "permit"));
    }

    [Fact]
    public async Task Links_hold_across_a_restart()
    {
        using var world = await World.WithAsync(Policy);
        await TracedAsync(world, "look", 20);
        await TracedAsync(world, "look", 21);
        await ReportAsync(world, Spans.Tool("look", 20));
        using var next = await world.RestartAsync();
        await ReportAsync(next, Spans.Tool("look", 22), Spans.Tool("look", 23));
        Assert.Equal(["found", "found", "missing"], world.DecisionLog.Of("telemetry").Select(r => Word(r, "permit")));
    }

    [Fact]
    public async Task A_span_belongs_to_the_task_of_its_token_else_of_its_trace_else_to_the_implicit_one()
    {
        using var world = await World.WithAsync(Policy);
        var caller = CallerOf(world, world.Key);
        var (named, token) = (await world.Tasks.OpenAsync(World.Organization, new TaskOpening { Agent = world.Agent, Credential = caller.KeyId, User = new Attested<string>("alice", "person/pat") }))!.Value;
        var traced = await TracedAsync(world, "look", 9, token);
        await ReportAsync(world, Spans.Of(Spans.Trace, 1), Spans.Of("00000000000000000000000000000001", 1));
        Assert.IsType<TelemetryOutcome.Taken>(await world.Telemetry.RecordAsync(caller, token, [Spans.Of("00000000000000000000000000000002", 1)]));
        var records = world.DecisionLog.Of("telemetry").ToList();
        Assert.Equal([true, false, true], records.Select(r => r.GetProperty("task").GetGuid() == named.Id.Value));
        Assert.Equal([true, false, true], records.Select(r => Word(r, "subject").StartsWith("user/", StringComparison.Ordinal)));
        Assert.IsType<TelemetryOutcome.TaskRefused>(await world.Telemetry.RecordAsync(caller, token + "x", [Spans.Of(Spans.Trace, 1)]));
        Assert.Equal(3, world.DecisionLog.Of("telemetry").Count());
    }

    [Fact]
    public async Task A_span_that_is_too_long_is_rejected_and_the_others_are_recorded()
    {
        using var world = await World.WithAsync(Policy);
        var outcome = await world.Telemetry.RecordAsync(
            CallerOf(world, world.Key), null, [Spans.Of(Spans.Trace, 1, ("input.value", new string('x', SpanLimits.PayloadBytes))), Spans.Of(Spans.Trace, 2, ("input.value", new string('x', SpanLimits.PayloadBytes / 2)))]);
        Assert.Equal(1, Assert.IsType<TelemetryOutcome.Taken>(outcome).Rejected);
        Assert.Equal("0000000000000002", Word(world.DecisionLog.Of("telemetry").Single(), "span"));
    }

    [Fact]
    public async Task What_the_ledger_does_not_take_is_not_said_to_be_recorded()
    {
        using var world = await World.WithAsync(Policy);
        await ReportAsync(world, Spans.Of(Spans.Trace, 1));
        world.DecisionLog.IsFull = true;
        Assert.IsType<TelemetryOutcome.NotRecorded>(await world.Telemetry.RecordAsync(CallerOf(world, world.Key), null, [Spans.Of(Spans.Trace, 2)]));
    }

    [Fact]
    public async Task What_agents_report_is_kept_for_90_days_and_its_records_for_good()
    {
        using var world = await World.WithAsync(Policy);
        var decision = await TracedAsync(world, "look", 9);
        await ReportAsync(world, Spans.Of(Spans.Trace, 1, ("gen_ai.prompt", "words")));
        var record = world.DecisionLog.Of("telemetry").Single();
        world.Time.Advance(TimeSpan.FromDays(89));
        Assert.Null(await world.Retention.PruneAsync(CancellationToken.None));
        Assert.Equal("words", Word((await PayloadAsync(world, record)).GetProperty("input"), "value"));
        world.Time.Advance(TimeSpan.FromDays(2));
        Assert.Null(await world.Retention.PruneAsync(CancellationToken.None));
        Assert.Null(await world.DecisionLog.ReadPayloadAsync(World.Organization, (ulong)world.DecisionLog.Records.ToList().FindIndex(r => r.GetProperty("id").ValueEquals(Word(record, "id"))), CancellationToken.None));
        Assert.NotNull(await world.Archive.OpenPayloadAsync(World.Organization, decision.Id, CancellationToken.None));
        Assert.Equal(RetentionClass.Traces, RetainedRecord.Read(record).Class);
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData("task", "018bcfe5-6800-7000-8000-0000000000ff", "its task was never opened")]
    [InlineData("credential", "other", "its credential was never issued")]
    [InlineData("decision", "018bcfe5-6800-7000-8000-0000000000ff", "its decision is not there, or permitted nothing")]
    [InlineData("span", "00000000000000ff", "its decision is linked to another span")]
    public async Task A_verifier_finds_what_a_span_is_linked_to_or_says_that_it_is_not_there(string member, string value, string problem)
    {
        using var world = await World.WithAsync(Policy);
        await TracedAsync(world, "look", 9);
        await ReportAsync(world, Spans.Tool("look", 9), Spans.Tool("look", 9));
        var records = world.DecisionLog.Records.Select(r => JsonNode.Parse(r.GetRawText())!.AsObject()).ToList();
        if (member.Length > 0)
            records[^1][member] = value;
        var check = new RecordCheck();
        foreach (var (record, index) in world.ControlLog.Records.Select((r, i) => (r, i)))
            check.AddControl(World.Organization, (ulong)index, Encoding.UTF8.GetBytes(record.GetRawText()));
        foreach (var (record, index) in records.Select((r, i) => (r, i)))
            check.AddDecision(World.Organization, (ulong)index, Encoding.UTF8.GetBytes(record.ToJsonString()));
        Assert.Equal(problem.Length == 0 ? [] : [problem], check.Problems.Select(p => p.Text));
    }

    private static Caller CallerOf(World world, string key) => world.Authenticator.Authenticate("Bearer " + key)!;

    private static async Task ReportAsync(World world, params ReportedSpan[] spans) =>
        Assert.Equal(new TelemetryOutcome.Taken(0, null), await world.Telemetry.RecordAsync(CallerOf(world, world.Key), null, spans));

    /// <summary>A call that says which span it came from.</summary>
    private static async Task<Decision> TracedAsync(World world, string tool, ulong span, string? taskToken = null)
    {
        var request = await world.RequestAsync(tool, taskToken: taskToken);
        return await world.Governor.DecideAsync(request with { Facts = request.Facts with { Trace = TraceParent.Read($"00-{Spans.Trace}-{span:x16}-01") } });
    }

    private static async Task<JsonElement> PayloadAsync(World world, JsonElement record)
    {
        var index = world.DecisionLog.Records.ToList().FindIndex(r => r.GetProperty("id").ValueEquals(Word(record, "id")));
        var payload = (await world.DecisionLog.ReadPayloadAsync(World.Organization, (ulong)index, CancellationToken.None))!.Value;
        Assert.True(world.Sealer.TryOpen(World.Organization, record.GetProperty("id").GetGuid(), payload.Span, out var opened));
        return JsonElement.Parse(opened.Span);
    }

    private static string Word(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
