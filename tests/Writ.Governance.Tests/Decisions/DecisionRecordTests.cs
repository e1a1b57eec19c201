using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Crypto.Sealing;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.Tasks;
using Writ.Governance.Tools;

namespace Writ.Governance.Tests.Decisions;

/// <summary>What a decision and its effect say, and what they keep to the vault.</summary>
public sealed class DecisionRecordTests
{
    private const string Parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    [Fact]
    public async Task A_record_names_trace_session_tool_amount_cost_and_data_classes()
    {
        using var world = await World.WithAsync("");
        var server = World.DeskServer();
        await world.TakeAsync(new ServerRegistered(server with
        {
            Classifications = server.Classifications.SetItem("pay", server.Classifications["pay"] with
            {
                DataClasses = ["payment"], Price = new ToolPrice { CallNanoUsd = 7 }, Reversible = true,
            }),
        }));
        Assert.Null(await new ToolObservation(world.Controls).ObserveAsync(World.Organization, World.Desk, World.Definitions, CancellationToken.None));
        await world.PublishAsync(World.PermitAll);
        var (session, parent) = (Guid.NewGuid(), TaskId.New(world.Time));
        var decision = await DecideAsync(world, "pay", """{"amount":12.50,"to":"x"}""", facts => facts with
        {
            Trace = TraceParent.Read(Parent), Session = session, Task = facts.Task with { Parent = parent }, Report = new SelfReport(850, null),
        });
        Assert.Equal(("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"), (Text(decision, "trace"), Text(decision, "span")));
        Assert.Equal((session.ToString(), parent.ToString()), (Text(decision, "session"), Text(decision, "task_parent")));
        Assert.Equal(("desk", "pay", "unstated"), (Text(decision, "server"), Text(decision, "tool"), Text(decision, "model")));
        Assert.Equal(("12.5", 7, 850), (Text(decision, "amount"), decision.GetProperty("cost_nano_usd").GetInt64(), decision.GetProperty("claimed_confidence").GetInt32()));
        Assert.Equal(["payment"], decision.GetProperty("data_classes").EnumerateArray().Select(c => c.GetString()));
        Assert.True(decision.GetProperty("reversible").GetBoolean());
    }

    [Theory]
    [InlineData("""{"amount":"5 EUR"}""")]
    [InlineData("""{"amount":-5}""")]
    [InlineData("""{}""")]
    public async Task What_is_no_amount_is_none(string arguments)
    {
        using var world = await World.WithAsync(World.PermitAll);
        Assert.False((await DecideAsync(world, "pay", arguments, facts => facts)).TryGetProperty("amount", out _));
    }

    [Theory]
    [InlineData(Parent, true)]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01", false)]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", false)]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", false)]
    [InlineData("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", false)]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x", false)]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-zz", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_trace_parent_is_of_the_form_of_Trace_Context_or_none(string? text, bool isOne) => Assert.Equal(isOne, TraceParent.Read(text) is not null);

    [Fact]
    public async Task A_user_and_a_rationale_stand_in_the_vault_alone()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var request = await world.RequestAsync("any", """{"a":"MARKER"}""");
        var facts = request.Facts with { Task = request.Facts.Task with { User = new Attested<string>("MARKER", "person/ada") }, Report = new SelfReport(null, "MARKER") };
        var permitted = Assert.IsType<Decision.Permitted>(await world.Governor.DecideAsync(request with { Facts = facts }));
        await world.Settlement.SettleAsync(permitted.Dispatch, new EffectReport(EffectStatus.Executed, "MARKER"u8.ToArray()));
        Assert.All(world.DecisionLog.Records, record => Assert.DoesNotContain("MARKER", record.GetRawText(), StringComparison.Ordinal));

        var payload = (await world.Archive.OpenPayloadAsync(World.Organization, request.Id, CancellationToken.None))!.Value;
        Assert.Equal(("MARKER", "MARKER"), (payload.GetProperty("user").GetString(), payload.GetProperty("claims").GetProperty("rationale").GetString()));
        var (decision, effect) = (world.DecisionLog.Of("decision").Last(), world.DecisionLog.Of("effect").Last());
        Assert.Equal(Text(decision, "subject"), Text(effect, "subject"));
    }

    [Fact]
    public async Task Arguments_can_be_shown_by_themselves_and_only_as_they_were()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var request = await world.RequestAsync("any", """{"b":1,"a":"x"}""");
        await world.Governor.DecideAsync(request);
        var payload = (await world.Archive.OpenPayloadAsync(World.Organization, request.Id, CancellationToken.None))!.Value;
        Assert.True(Hash256.TryParseHex(payload.GetProperty("arguments_salt").GetString(), out var salt));
        Assert.True(Hash256.TryParseHex(Text(world.DecisionLog.Of("decision").Last(), "arguments_commitment"), out var hash));
        var commitment = new Commitment(hash);
        Assert.True(commitment.IsOpenedBy(salt.Bytes, """{"a":"x","b":1}"""u8));
        Assert.False(commitment.IsOpenedBy(salt.Bytes, """{"a":"x","b":2}"""u8));
        Assert.False(commitment.IsOpenedBy(new byte[32], """{"a":"x","b":1}"""u8));
    }

    [Fact]
    public async Task An_effect_says_where_the_time_went()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var permitted = Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
        world.Time.Advance(TimeSpan.FromMilliseconds(20));
        await world.Settlement.SettleAsync(permitted.Dispatch, new EffectReport(EffectStatus.Executed, default) { Upstream = TimeSpan.FromMilliseconds(15) });
        var effect = world.DecisionLog.Of("effect").Last();
        Assert.Equal((20_000, 15_000), (effect.GetProperty("us").GetInt64(), effect.GetProperty("upstream_us").GetInt64()));
        Assert.True(effect.TryGetProperty("recording_us", out _));
        Assert.False(effect.TryGetProperty("subject", out _));
    }

    private static async Task<JsonElement> DecideAsync(World world, string tool, string arguments, Func<Facts, Facts> with)
    {
        var request = await world.RequestAsync(tool, arguments);
        await world.Governor.DecideAsync(request with { Facts = with(request.Facts) });
        return world.DecisionLog.Of("decision").Last();
    }

    private static string? Text(JsonElement record, string name) => record.GetProperty(name).GetString();
}
