using FsCheck;
using FsCheck.Fluent;
using Writ.Governance.Decisions;
using Writ.Governance.Limits;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Records;

namespace Writ.Governance.Tests.Limits;

/// <summary>Rates: exact, over any window, for everyone apart, and across a restart.</summary>
public sealed class RateTests
{
    [Fact]
    public async Task T29_the_first_calls_run_and_the_one_too_many_does_not_until_the_oldest_has_left_the_window()
    {
        using var world = await World.WithAsync(World.PermitAll + Rate("3 per 1m by agent"));
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await CodeAsync(world, "look"));
            world.Time.Advance(TimeSpan.FromSeconds(10));
        }

        // The calls were at 0, 10 and 20 s; it is 30 s.
        Assert.Equal("WRIT4021", await CodeAsync(world, "look"));
        world.Time.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(10));
        Assert.Equal("WRIT4021", await CodeAsync(world, "look"));
        world.Time.Advance(TimeSpan.FromTicks(10));
        Assert.Null(await CodeAsync(world, "look"));
        Assert.Equal("WRIT4021", await CodeAsync(world, "look"));
        Assert.Equal(4, world.Dispatches.Count);
    }

    [Fact]
    public async Task T22_concurrent_calls_never_overshoot()
    {
        using var world = await World.WithAsync(World.PermitAll + Rate("7 per 1h by agent"));
        await world.CallAsync("note", """{"text":"opens the task"}""");
        var decisions = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => world.CallAsync("look"))));
        Assert.Equal(7, decisions.Count(d => d is Decision.Permitted));
        Assert.All(decisions.OfType<Decision.Denied>(), d => Assert.Equal("WRIT4021", d.Refusal.Reason.Code));
    }

    [Fact]
    public async Task A_restart_forgets_nothing_and_counts_nothing_twice()
    {
        using var world = await World.WithAsync(World.PermitAll + Rate("3 per 1h by agent"));
        Assert.Null(await CodeAsync(world, "look"));
        world.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Null(await CodeAsync(world, "look"));
        using var next = await world.RestartAsync();
        Assert.Null(await CodeAsync(next, "look"));
        Assert.Equal("WRIT4021", await CodeAsync(next, "look"));
        using var third = await next.RestartAsync();
        Assert.Equal("WRIT4021", await CodeAsync(third, "look"));
        third.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Null(await CodeAsync(third, "look"));
        Assert.Equal("WRIT4021", await CodeAsync(third, "look"));
    }

    [Fact]
    public async Task T86_a_record_of_a_clock_that_jumped_frees_nothing_at_a_restart()
    {
        using var world = await World.WithAsync(World.PermitAll + Rate("1 per 1h by agent"));
        Assert.Null(await CodeAsync(world, "look"));
        world.Time.StepWallClock(TimeSpan.FromDays(7));
        // Recorded by then, and counted under no rate.
        Assert.IsType<Decision.Denied>(await world.CallAsync("pay", "{}"));
        world.Time.StepWallClock(TimeSpan.FromDays(-7));
        using var next = await world.RestartAsync();
        Assert.Equal("WRIT4021", await CodeAsync(next, "look"));
    }

    [Fact]
    public async Task T06_a_limit_that_is_lowered_counts_what_was_permitted_before()
    {
        using var world = await World.WithAsync(World.PermitAll + Rate("5 per 1h by agent"));
        for (var i = 0; i < 3; i++)
            Assert.Null(await CodeAsync(world, "look"));
        await world.PublishAsync(World.PermitAll + Rate("3 per 1h by agent"));
        Assert.Equal("WRIT4021", await CodeAsync(world, "look"));
        await world.PublishAsync(World.PermitAll + Rate("4 per 1h by agent"));
        Assert.Null(await CodeAsync(world, "look"));
        Assert.Equal("WRIT4021", await CodeAsync(world, "look"));
    }

    [Fact]
    public async Task Tools_and_agents_are_counted_apart_unless_a_name_joins_the_tools()
    {
        using var world = await World.WithAsync(World.PermitAll + Rate("1 per 1h by agent"));
        var (_, other) = await world.AddAgentAsync("desk/*");
        Assert.Null(await CodeAsync(world, "look"));
        Assert.Null(await CodeAsync(world, "wipe"));
        Assert.Null(await CodeAsync(world, "look", other));
        Assert.Equal("WRIT4021", await CodeAsync(world, "look"));

        await world.PublishAsync(World.PermitAll + Rate("1 per 1h by agent as all-of-it"));
        Assert.Null(await CodeAsync(world, "look"));
        Assert.Equal("WRIT4021", await CodeAsync(world, "wipe"));
        Assert.Null(await CodeAsync(world, "wipe", other));
    }

    [Fact]
    public async Task T76_a_new_child_task_starts_no_new_count()
    {
        using var world = await World.WithAsync(World.PermitAll + Rate("1 per 1h by task"));
        var request = await world.RequestAsync("look");
        var below = request with { Facts = request.Facts with { Task = request.Facts.Task with { Id = Governance.Tasks.TaskId.New(world.Time), Parent = request.Facts.Task.Id } } };
        var apart = request with { Facts = request.Facts with { Task = request.Facts.Task with { Root = Governance.Tasks.TaskId.New(world.Time) } } };
        Assert.IsType<Decision.Permitted>(await world.Governor.DecideAsync(request));
        Assert.IsType<Decision.Denied>(await world.Governor.DecideAsync(below with { Id = DecisionId.New(world.Time) }));
        Assert.IsType<Decision.Permitted>(await world.Governor.DecideAsync(apart with { Id = DecisionId.New(world.Time) }));
    }

    [Fact]
    public async Task What_is_only_asked_held_or_refused_counts_nothing()
    {
        using var world = await World.WithAsync(World.PermitAll + Rate("1 per 1h by agent") + """

            @discharge("approval") @approvers("capability/app") forbid (principal, action == Writ::Action::"tool/desk/pay", resource);
            """);
        for (var i = 0; i < 3; i++)
        {
            Assert.IsType<GateResult.Permitted>((await world.Governor.ExplainAsync(await world.RequestAsync("look"))).Result);
            Assert.Equal("WRIT5002", await CodeAsync(world, "pay"));
        }

        var held = Assert.IsType<Decision.Held>(await world.CallAsync("pay", """{"amount":5}"""));
        Assert.Null(await world.AnswerAsync("pat", held.Approval));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":5}"""));
        Assert.Equal("WRIT4021", ((Decision.Denied)await world.CallAsync("pay", """{"amount":5}""")).Refusal.Reason.Code);
        Assert.Null(await CodeAsync(world, "look"));
        var denied = Assert.IsType<GateResult.Denied>((await world.Governor.ExplainAsync(await world.RequestAsync("look"))).Result);
        Assert.Contains("rate 1 per 3600s by agent", denied.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "WRIT4021")]
    public async Task A_call_comes_back_only_when_it_was_certainly_not_recorded(bool certain, string? code)
    {
        using var world = await World.WithAsync(World.PermitAll + Rate("1 per 1h by agent"));
        await world.CallAsync("note", """{"text":"opens the task"}""");
        world.DecisionLog.Fault = record => record.GetProperty("kind").ValueEquals("decision") ? new RecordReceipt(0, "flush", certain) : null;
        Assert.Equal("WRIT2000", await CodeAsync(world, "look"));
        world.DecisionLog.Fault = null;
        Assert.Equal(code, await CodeAsync(world, "look"));
    }

    [Fact]
    public void No_window_of_its_length_ever_holds_more_calls_than_the_limit()
    {
        var limit = (Constraint.RateLimit)ConstraintParser.Parse("rate 3 per 10s by agent", out _)!;
        Prop.ForAll(Gen.ListOf(Gen.Choose(-3, 6)).ToArbitrary(), steps =>
        {
            var (window, now, let) = (new RateWindow(limit.Window), DateTimeOffset.UnixEpoch, new List<DateTimeOffset>());
            foreach (var step in steps)
            {
                now = now.AddSeconds(step);
                if (window.CountAt(now) < limit.Count)
                    let.Add(window.Add(now));
            }

            return let.SequenceEqual(let.Order()) && let.All(at => let.Count(other => other > at - limit.Window && other <= at) <= limit.Count);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("rate 5 per 1m by agent", "rate 5 per 60s by agent")]
    [InlineData("rate 10000 per 7d by task as all-of-it", "rate 10000 per 604800s by task as all-of-it")]
    [InlineData("rate 1 per 1s by credential", "rate 1 per 1s by credential")]
    public void A_rate_is_written_as_it_is_read(string text, string canonical)
    {
        Assert.Equal(canonical, ConstraintParser.Parse(text, out _)!.ToString());
        Assert.Equal(canonical, ConstraintParser.Parse(canonical, out _)!.ToString());
    }

    [Theory]
    [InlineData("rate 5 per minute by agent")]
    [InlineData("rate 0 per 1m by agent")]
    [InlineData("rate 10001 per 1m by agent")]
    [InlineData("rate 5 per 8d by agent")]
    [InlineData("rate 5 per 0s by agent")]
    [InlineData("rate 5 per 1m by header")]
    [InlineData("rate 5 per 1m")]
    [InlineData("rate 5/1m by agent")]
    [InlineData("rate 5 per 1m by agent as")]
    [InlineData("rate 5 per 1m by agent as Two Words")]
    [InlineData("rate 5 per 1m by agent as tool/desk/look")]
    public void T23_T26_a_rate_that_is_not_understood_is_refused_with_what_was_expected(string text)
    {
        Assert.Null(ConstraintParser.Parse(text, out var error));
        Assert.Contains("expected", error, StringComparison.Ordinal);
    }

    private static string Rate(string rate) =>
        $"\n@discharge(\"constraint\") @constraint(\"rate {rate}\") forbid (principal, action, resource) unless {{ action == Writ::Action::\"tool/desk/note\" }};";

    private static async Task<string?> CodeAsync(World world, string tool, string? key = null) =>
        await world.CallAsync(tool, key: key) is Decision.Denied denied ? denied.Refusal.Reason.Code : null;
}
