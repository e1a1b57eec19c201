using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Remote;
using Outcome = Writ.Governance.Decisions.Outcome;

namespace Writ.Governance.Tests.Policies.Remote;

public sealed class RemotePolicyGateTests
{
    private const string Policy = World.PermitAll + """
        @id("never") forbid (principal, action == Writ::Action::"tool/desk/wipe", resource);
        @id("large") @discharge("approval") @approvers("capability/app") forbid (principal, action == Writ::Action::"tool/desk/pay", resource) when { context.args.amount > 100 };
        @id("few") @discharge("constraint") @constraint("argument_clamp n <= 20") forbid (principal, action == Writ::Action::"tool/desk/any", resource) when { context.args has n && context.args.n > 20 };
        @id("less") @discharge("remediation") @remedy("look()") forbid (principal, action == Writ::Action::"tool/desk/note", resource) when { context.args.text == "all" };
        """;

    private static readonly PointReply[] Replies =
    [
        PointReply.Allowed.Instance,
        new PointReply.Refused("'decision' is false"),
        .. Enum.GetValues<PointFailure>().Select(failure => new PointReply.NoAnswer(failure, "a detail")),
    ];

    private static readonly (string Tool, string Arguments)[] Calls =
    [
        ("look", "{}"), ("pay", """{"amount":5}"""), ("pay", """{"amount":500}"""), ("wipe", "{}"), ("any", """{"n":7}"""), ("any", """{"n":70}"""),
        ("note", """{"text":"all"}"""), ("note", """{"text":"one"}"""), ("note", "{}"), ("ghost", "{}"),
    ];

    public static TheoryData<PointReply> NotAllowed => [.. Replies.Skip(1)];

    [Fact]
    public async Task What_every_point_agrees_to_runs_and_the_record_names_who_was_asked()
    {
        using var world = await WorldAsync("one", "two");
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":5}"""));
        Assert.Equal(["one", "two"], world.Points.Asked.Select(q => q.Point.Name).Order());
        var record = Assert.Single(world.DecisionLog.Of("decision"));
        Assert.Equal("remote", record.GetProperty("gates").EnumerateArray().Last().GetString());
        Assert.Equal(["one:allow", "two:allow"], Answers(record));
        Assert.All(record.GetProperty("points").EnumerateArray(), point => Assert.True(point.GetProperty("us").GetInt64() >= 0));
    }

    [Theory]
    [MemberData(nameof(NotAllowed))]
    public async Task Anything_but_a_clear_yes_refuses(PointReply reply)
    {
        using var world = await WorldAsync("one");
        world.Points.Say(reply);
        var denied = Assert.IsType<Decision.Denied>(await world.CallAsync("look"));
        var code = reply is PointReply.Refused ? "WRIT1050" : reply is PointReply.NoAnswer { Failure: PointFailure.Busy or PointFailure.Open } ? "WRIT1052" : "WRIT1051";
        Assert.Equal(code, denied.Refusal.Reason.Code);
        var record = Assert.Single(world.DecisionLog.Of("decision"));
        Assert.Equal(("DENY", code), (record.GetProperty("outcome").GetString(), record.GetProperty("code").GetString()));
        Assert.NotEqual("one:allow", Assert.Single(Answers(record)));
        Assert.Contains("'one'", record.GetProperty("detail").GetString());
        Assert.NotEmpty(record.GetProperty("rules").EnumerateArray());
        Assert.DoesNotContain("one", denied.Refusal.Reason.AgentMessage);
    }

    [Fact]
    public async Task One_no_among_many_yeses_refuses()
    {
        using var world = await WorldAsync("one", "two", "three");
        world.Points.Answer = (q, _) => Task.FromResult(q.Point.Name == "two" ? new PointReply.Refused("no") : (PointReply)PointReply.Allowed.Instance);
        Assert.Equal("WRIT1050", Assert.IsType<Decision.Denied>(await world.CallAsync("look")).Refusal.Reason.Code);
        Assert.Equal(["one:allow", "three:allow", "two:deny"], Answers(Assert.Single(world.DecisionLog.Of("decision"))));
    }

    [Fact]
    public async Task Whatever_points_say_no_outcome_is_looser_than_without_them()
    {
        using var alone = await World.WithAsync(Policy);
        var bare = new Dictionary<(string, string), Outcome>();
        foreach (var call in Calls)
            bare[call] = (await alone.CallAsync(call.Tool, call.Arguments)).Outcome;
        Assert.Equal(5, bare.Values.Distinct().Count());

        using var world = await WorldAsync("one", "two");
        var law = Prop.ForAll(
            ArbMap.Default.ArbFor<(PositiveInt Call, PositiveInt One, PositiveInt Two)>(),
            chosen =>
            {
                var call = Calls[chosen.Call.Get % Calls.Length];
                var (one, two) = (Replies[chosen.One.Get % Replies.Length], Replies[chosen.Two.Get % Replies.Length]);
                world.Points.Answer = (q, _) => Task.FromResult(q.Point.Name == "one" ? one : two);
                var outcome = world.CallAsync(call.Tool, call.Arguments).GetAwaiter().GetResult().Outcome;
                world.Time.Advance(TimeSpan.FromMinutes(20));
                var agreed = one is PointReply.Allowed && two is PointReply.Allowed;
                var asked = bare[call] is not (Outcome.Deny or Outcome.Remediate);
                return outcome == (!asked || agreed ? bare[call] : Outcome.Deny);
            });
        law.Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public async Task Nobody_is_asked_about_what_the_gates_before_refuse_or_remedy()
    {
        using var world = await WorldAsync("one");
        Assert.IsType<Decision.Denied>(await world.CallAsync("wipe"));
        Assert.IsType<Decision.Denied>(await world.CallAsync("ghost"));
        Assert.IsType<Decision.Denied>(await world.CallAsync("note"));
        Assert.IsType<Decision.Remedied>(await world.CallAsync("note", """{"text":"all"}"""));
        Assert.Empty(world.Points.Asked);
        Assert.All(world.DecisionLog.Of("decision"), record => Assert.False(record.TryGetProperty("points", out _)));
    }

    [Fact]
    public async Task A_point_is_asked_about_its_own_scope_only()
    {
        using var world = await World.WithAsync(Policy);
        await world.TakeAsync(
            new DecisionPointRegistered(Point("money") with { Actions = ["effect/money"] }),
            new DecisionPointRegistered(Point("tool") with { Actions = ["tool/desk/look"] }),
            new DecisionPointRegistered(Point("server") with { Actions = ["server/desk"] }),
            new DecisionPointRegistered(Point("other") with { Actions = ["server/other", "effect/egress"] }));
        await world.CallAsync("look");
        await world.CallAsync("pay", """{"amount":5}""");
        await world.CallAsync("any");
        Assert.Equal(["money", "server", "server", "server", "tool"], world.Points.Asked.Select(q => q.Point.Name).Order());
    }

    [Fact]
    public async Task People_are_not_asked_to_approve_what_a_point_refuses_and_it_is_asked_again_once_they_approved()
    {
        using var world = await WorldAsync("one");
        world.Points.Say(new PointReply.Refused("no"));
        Assert.IsType<Decision.Denied>(await world.CallAsync("pay", """{"amount":500}"""));
        Assert.Empty(world.Board.Pending(World.Organization));

        world.Points.Say(PointReply.Allowed.Instance);
        var held = Assert.IsType<Decision.Held>(await world.CallAsync("pay", """{"amount":500}"""));
        Assert.Null(await world.AnswerAsync("pat", held.Approval));
        world.Points.Say(new PointReply.Refused("no"));
        Assert.IsType<Decision.Denied>(await world.CallAsync("pay", """{"amount":500}"""));

        // The approval was not used up by the refusal.
        world.Points.Say(PointReply.Allowed.Instance);
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":500}"""));
    }

    [Fact]
    public async Task It_is_told_what_would_run_not_what_was_asked()
    {
        using var world = await WorldAsync("one");
        Assert.IsType<Decision.Permitted>(await world.CallAsync("any", """{"n":70}"""));
        Assert.Equal(20, Assert.Single(world.Points.Asked).Arguments.Value.GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task A_point_that_never_answers_refuses_in_its_time()
    {
        using var world = await WorldAsync("one");
        var asked = new TaskCompletionSource();
        world.Points.Answer = (_, _) =>
        {
            asked.SetResult();
            return new TaskCompletionSource<PointReply>().Task; // deaf to its token too
        };
        var deciding = world.CallAsync("look");
        await asked.Task;
        world.Time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(deciding.IsCompleted);
        world.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("WRIT1051", Assert.IsType<Decision.Denied>(await deciding).Refusal.Reason.Code);
        Assert.Equal(["one:timed-out"], Answers(Assert.Single(world.DecisionLog.Of("decision"))));
    }

    [Fact]
    public async Task An_agent_suspended_while_a_point_thinks_does_not_act()
    {
        using var world = await WorldAsync("one");
        await MeanwhileAsync(world, new AgentLifecycleChanged(world.Agent, AgentLifecycle.Suspended, "kill"));
    }

    [Fact]
    public async Task A_key_revoked_while_a_point_thinks_does_not_act()
    {
        using var world = await WorldAsync("one");
        await MeanwhileAsync(world, new AgentKeyRevoked(world.Agent, Assert.Single(world.State.AgentKeys.Keys), "stolen"));
    }

    [Fact]
    public async Task A_point_that_came_while_another_thinks_is_not_passed_over()
    {
        using var world = await WorldAsync("one");
        await MeanwhileAsync(world, new DecisionPointRegistered(Point("two")));
    }

    [Fact]
    public async Task What_has_no_bearing_on_the_action_may_change_while_a_point_thinks()
    {
        using var world = await WorldAsync("one");
        world.Points.Answer = async (_, _) =>
        {
            await world.TakeAsync(new TeamCreated(TeamId.Parse("others"), "Others"));
            return PointReply.Allowed.Instance;
        };
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
    }

    [Fact]
    public async Task An_explanation_asks_nobody_and_says_whom_it_did_not_ask()
    {
        using var world = await WorldAsync("one");
        world.Points.Say(new PointReply.Refused("no"));
        var explanation = await world.Governor.ExplainAsync(await world.RequestAsync("look"));
        Assert.IsType<GateResult.Permitted>(explanation.Result);
        Assert.Equal(["one"], explanation.NotAsked);
        Assert.Empty(world.Points.Asked);
        Assert.Empty((await world.Governor.ExplainAsync(await world.RequestAsync("wipe"))).NotAsked);
    }

    [Fact]
    public async Task Points_outlive_a_restart_and_one_that_is_removed_is_not_asked()
    {
        using var world = await WorldAsync("one");
        using var next = await world.RestartAsync();
        next.Points.Say(new PointReply.Refused("no"));
        Assert.IsType<Decision.Denied>(await next.CallAsync("look"));
        await next.TakeAsync(new DecisionPointRemoved("one", "gone"));
        Assert.IsType<Decision.Permitted>(await next.CallAsync("look"));
        Assert.Empty(world.Points.Asked);
    }

    private static async Task MeanwhileAsync(World world, ControlAction action)
    {
        world.Points.Answer = async (_, _) =>
        {
            await world.TakeAsync(action);
            return PointReply.Allowed.Instance;
        };
        Assert.Equal("WRIT1053", Assert.IsType<Decision.Denied>(await world.CallAsync("look")).Refusal.Reason.Code);
    }

    private static async Task<World> WorldAsync(params string[] points)
    {
        var world = await World.WithAsync(Policy);
        await world.TakeAsync([.. points.Select(name => new DecisionPointRegistered(Point(name)))]);
        return world;
    }

    private static DecisionPoint Point(string name) => new() { Name = name, Kind = DecisionPointKind.AuthZen, Url = "https://pdp.example/access/v1/evaluation" };

    private static string[] Answers(JsonElement record) =>
        [.. record.GetProperty("points").EnumerateArray().Select(p => $"{p.GetProperty("name").GetString()}:{p.GetProperty("answer").GetString()}")];
}
