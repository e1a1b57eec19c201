using System.Text;
using Writ.Governance.Approvals;
using Writ.Governance.Decisions;
using Writ.Governance.Limits;
using Writ.Governance.Records;
using Writ.Governance.Tasks;
using Writ.Testing;

namespace Writ.Governance.Tests.Records;

/// <summary>Records as an earlier binary wrote them. They are read for ever.</summary>
public sealed class FormerFormatTests
{
    private const string Task = """{"agent":"018bcfe5-6800-7000-8000-0000000000aa","at":1767323045000000,"credential":"k1","id":"018bcfe5-6800-7000-8000-000000000001","implicit":false,"instance":"018bcfe5-6800-7000-8000-000000000002","kind":"task","organization":"default","root":"018bcfe5-6800-7000-8000-000000000001","started_by":{"source":"person/ada","value":"ada"},"token_hash":"h","token_id":"t1","user":{"source":"person/ada","value":"alice"},"v":1}""";
    private const string Allowed = """{"action":"tool/desk/pay","agent":"018bcfe5-6800-7000-8000-0000000000aa","agent_version":"1","assurance":"low","at":1767323045000000,"capability":"desk","commitment":"0000000000000000000000000000000000000000000000000000000000000001","credential":"k1","definition":"0000000000000000000000000000000000000000000000000000000000000002","door":"mcp","effect":"money","environment":"test","gates":["lifecycle"],"id":"018bcfe5-6800-7000-8000-000000000003","instance":"018bcfe5-6800-7000-8000-000000000002","kind":"decision","organization":"default","outcome":"ALLOW","owner":"ada","risk_tags":["none"],"rules":["p"],"snapshot":"0000000000000000000000000000000000000000000000000000000000000003","subject":"user/alice","task":"018bcfe5-6800-7000-8000-000000000001","task_root":"018bcfe5-6800-7000-8000-000000000001","us":9,"v":1}""";
    private const string Held = """{"action":"tool/desk/pay","agent":"018bcfe5-6800-7000-8000-0000000000aa","agent_version":"1","approval":{"asks":[{"approvers":["capability/security"],"policy":"p","quorum":1,"within_ms":60000}],"binding":"0000000000000000000000000000000000000000000000000000000000000004","decision":"018bcfe5-6800-7000-8000-000000000004","expires_at":4102444800000000,"id":"018bcfe5-6800-7000-8000-000000000005","requested_at":1767323045000000},"assurance":"low","at":1767323045000000,"code":"WRIT4001","commitment":"0000000000000000000000000000000000000000000000000000000000000001","credential":"k1","door":"mcp","environment":"test","escalation":"esc_00000000000000000000000000000000","gates":["lifecycle"],"id":"018bcfe5-6800-7000-8000-000000000004","instance":"018bcfe5-6800-7000-8000-000000000002","kind":"decision","organization":"default","outcome":"REQUIRE_APPROVAL","owner":"ada","rules":["p"],"snapshot":"0000000000000000000000000000000000000000000000000000000000000003","subject":"agent/018bcfe5-6800-7000-8000-0000000000aa","task":"018bcfe5-6800-7000-8000-000000000001","task_root":"018bcfe5-6800-7000-8000-000000000001","us":9,"v":1}""";
    private const string Answer = """{"answer":"approved","approval":"018bcfe5-6800-7000-8000-000000000005","at":1767323045000001,"binding":"0000000000000000000000000000000000000000000000000000000000000004","decision":"018bcfe5-6800-7000-8000-000000000004","id":"018bcfe5-6800-7000-8000-000000000006","kind":"approval","organization":"default","person":"sam","presence":"bootstrap-token","result":"approved","solo":false,"v":1}""";
    private const string Effect = """{"at":1767323045000002,"decision":"018bcfe5-6800-7000-8000-000000000003","effect":"money","id":"018bcfe5-6800-7000-8000-000000000007","kind":"effect","organization":"default","status":"executed","subject":"user/alice","us":2,"v":1}""";

    [Fact]
    public async Task Format_1_is_read_and_accepted_by_the_schema()
    {
        using var world = await World.WithAsync("");
        foreach (var record in new[] { Task, Allowed, Held, Answer })
        {
            Assert.Null(RecordOracle.Ask(Encoding.UTF8.GetBytes(record)));
            await world.DecisionLog.AppendAsync(World.Organization, Encoding.UTF8.GetBytes(record), default, RecordClass.Ordinary);
        }

        using var next = await world.RestartAsync();
        var task = next.Book.Find(TaskId.Parse("018bcfe5-6800-7000-8000-000000000001"));
        Assert.Equal("alice", task!.User!.Value);
        Assert.Equal(1, next.Dispatches.Count);
        Assert.Equal(ApprovalState.Approved, next.Board.Find(World.Organization, ApprovalId.Parse("018bcfe5-6800-7000-8000-000000000005"))!.State);

        // What is reported for a former decision lies under its user's key, and a record of today's names that key.
        var dispatch = next.Dispatches.Find(DecisionId.Parse("018bcfe5-6800-7000-8000-000000000003"))!;
        Assert.True(await next.Settlement.SettleAsync(dispatch, new EffectReport(EffectStatus.Executed, "done"u8.ToArray())));
        Assert.DoesNotContain("alice", Assert.Single(next.DecisionLog.Of("effect")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_effect_of_format_1_settles_its_decision()
    {
        using var world = await World.WithAsync("");
        foreach (var record in new[] { Task, Allowed, Effect })
            await world.DecisionLog.AppendAsync(World.Organization, Encoding.UTF8.GetBytes(record), default, RecordClass.Ordinary);
        using var next = await world.RestartAsync();
        Assert.Equal(0, next.Dispatches.Count);
    }

    [Theory]
    [InlineData(Allowed)]
    [InlineData(Answer)]
    public async Task A_format_of_the_future_is_refused(string record)
    {
        using var world = await World.WithAsync("");
        world.DecisionLog.IsForeign = true;
        var future = record.Replace("\"v\":1", "\"v\":4", StringComparison.Ordinal);
        Assert.NotNull(RecordOracle.Ask(Encoding.UTF8.GetBytes(future)));
        await world.DecisionLog.AppendAsync(World.Organization, Encoding.UTF8.GetBytes(future), default, RecordClass.Ordinary);
        await Assert.ThrowsAsync<InvalidDataException>(() => new DecisionLogFold(
            new TaskBook(world.Time), new ApprovalBoard(world.Time), new RateBook(), new DispatchTable(world.Time), world.Archive, world.Links, world.Trust, world.Sealer, world.Clock)
            .ReplayAsync(world.DecisionLog, CancellationToken.None));
    }
}
