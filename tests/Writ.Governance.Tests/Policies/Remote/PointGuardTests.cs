using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.Policies.Remote;
using Writ.Testing;

namespace Writ.Governance.Tests.Policies.Remote;

public sealed class PointGuardTests
{
    private static readonly DecisionPoint Point = new()
    {
        Name = "p", Kind = DecisionPointKind.Opa, Url = "https://opa.example/v1/data/allow", BreakAfter = 3, BreakSeconds = 10, Concurrency = 2,
    };

    private readonly FakeTime _time = new();
    private readonly PointGuard _guard;

    public PointGuardTests() => _guard = new PointGuard(Point, _time);

    [Fact]
    public void It_rests_after_so_many_failures_in_a_row_and_not_before()
    {
        Ask(false, false, true, false, false);
        Assert.True(_guard.IsClosed);
        Ask(false);
        Assert.False(_guard.IsClosed);
        Assert.Equal(PointFailure.Open, _guard.TryBegin(out _));
    }

    [Fact]
    public void After_its_rest_one_question_tries_it_and_a_good_answer_ends_the_rest()
    {
        Ask(false, false, false);
        _time.Advance(TimeSpan.FromMilliseconds(9_999));
        Assert.Equal(PointFailure.Open, _guard.TryBegin(out _));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(_guard.TryBegin(out var isProbe));
        Assert.True(isProbe);
        Assert.Equal(PointFailure.Open, _guard.TryBegin(out _));
        _guard.End(isProbe, true);
        Assert.True(_guard.IsClosed);
        Ask(true);
    }

    [Fact]
    public void A_try_that_fails_begins_another_rest_and_one_that_says_nothing_lets_the_next_try()
    {
        Ask(false, false, false);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(_guard.TryBegin(out var first));
        _guard.End(first, false);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(PointFailure.Open, _guard.TryBegin(out _));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_guard.TryBegin(out var second));
        _guard.End(second, null);
        Assert.False(_guard.IsClosed);
        Assert.Null(_guard.TryBegin(out var third));
        Assert.True(third);
        _guard.End(third, true);
        Assert.True(_guard.IsClosed);
    }

    [Fact]
    public void A_question_from_before_the_rest_neither_ends_nor_prolongs_it()
    {
        Assert.Null(_guard.TryBegin(out var early));
        Ask(false, false, false);
        _guard.End(early, true);
        Assert.False(_guard.IsClosed);
    }

    [Fact]
    public void One_question_too_many_is_refused_and_counts_for_nothing()
    {
        Assert.Null(_guard.TryBegin(out var one));
        Assert.Null(_guard.TryBegin(out var two));
        Assert.Equal(PointFailure.Busy, _guard.TryBegin(out _));
        _guard.End(one, true);
        Assert.Null(_guard.TryBegin(out var three));
        _guard.End(two, true);
        _guard.End(three, true);
        Assert.True(_guard.IsClosed);
    }

    [Theory]
    [InlineData(PointFailure.QuestionRefused)]
    [InlineData(PointFailure.QuestionTooLong)]
    [InlineData(PointFailure.Conditional)]
    public async Task What_an_agent_can_bring_about_closes_a_point_for_nobody(PointFailure failure)
    {
        using var world = await World.WithAsync(World.PermitAll);
        await world.TakeAsync(new DecisionPointRegistered(Point));
        world.Points.Say(new PointReply.NoAnswer(failure, "its own fault"));
        for (var i = 0; i < 10; i++)
            Assert.Equal("WRIT1051", Assert.IsType<Decision.Denied>(await world.CallAsync("look")).Refusal.Reason.Code);
        world.Points.Say(PointReply.Allowed.Instance);
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
    }

    [Fact]
    public async Task A_point_that_is_down_is_asked_no_more_and_still_everything_is_refused()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await world.TakeAsync(new DecisionPointRegistered(Point));
        world.Points.Say(new PointReply.NoAnswer(PointFailure.Unreachable, "nothing listens"));
        for (var i = 0; i < 10; i++)
            Assert.IsType<Decision.Denied>(await world.CallAsync("look"));
        Assert.Equal(3, world.Points.Asked.Count);
        Assert.Equal("WRIT1052", Assert.IsType<Decision.Denied>(await world.CallAsync("look")).Refusal.Reason.Code);

        world.Points.Say(PointReply.Allowed.Instance);
        world.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
    }

    private void Ask(params bool[] worked)
    {
        foreach (var one in worked)
        {
            Assert.Null(_guard.TryBegin(out var isProbe));
            _guard.End(isProbe, one);
        }
    }
}
