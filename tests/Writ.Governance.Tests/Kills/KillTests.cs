using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.Kills;

namespace Writ.Governance.Tests.Kills;

public sealed class KillTests
{
    [Fact]
    public async Task T27_T79_a_kill_is_in_force_in_the_path_at_once_even_where_the_disk_takes_nothing()
    {
        using var world = await World.WithAsync(World.PermitAll);
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
        world.ControlLog.IsFull = true;
        Assert.IsType<ControlOutcome.InForceUnrecorded>(await world.TakeAsAsync("sam", Order("everything")));
        Assert.Equal("WRIT4030", Assert.IsType<Decision.Denied>(await world.CallAsync("look")).Refusal.Reason.Code);
        Assert.Equal(["kill"], world.DecisionLog.Of("decision").Last().GetProperty("gates").EnumerateArray().Select(g => g.GetString()));

        // Its record follows as soon as there is room, and the next life knows.
        world.ControlLog.IsFull = false;
        Assert.True(await world.Controls.RecordWaitingAsync(CancellationToken.None));
        using var next = await world.RestartAsync();
        Assert.Equal("WRIT4030", Assert.IsType<Decision.Denied>(await next.CallAsync("look")).Refusal.Reason.Code);
    }

    [Fact]
    public async Task What_is_killed_while_its_permission_is_recorded_is_not_dispatched()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var recording = new TaskCompletionSource();
        world.DecisionLog.Gate = recording.Task;
        var deciding = world.CallAsync("pay", """{"amount":1}""");
        Assert.False(deciding.IsCompleted);
        await world.TakeAsAsync("sam", Order("tool/desk/pay"));
        recording.SetResult();
        Assert.Equal("WRIT4030", Assert.IsType<Decision.Denied>(await deciding).Refusal.Reason.Code);
        Assert.Equal("ALLOW", Assert.Single(world.DecisionLog.Of("decision")).GetProperty("outcome").GetString());
        var effect = Assert.Single(world.DecisionLog.Of("effect"));
        Assert.Equal(("not_dispatched", "killed"), (effect.GetProperty("status").GetString(), effect.GetProperty("error").GetString()));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
    }

    [Fact]
    public async Task A_kill_wins_over_an_approval_and_an_approval_waits_for_its_lifting()
    {
        using var world = await World.WithAsync("""
            permit (principal, action, resource);
            @id("ask") @discharge("approval") @approvers("capability/security") @timeout("1h")
            forbid (principal, action == Writ::Action::"tool/desk/pay", resource);
            """);
        const string Call = """{"amount":1}""";
        var held = Assert.IsType<Decision.Held>(await world.CallAsync("pay", Call));
        Assert.Null(await world.AnswerAsync("sam", held.Approval, approve: true));
        var order = Order("everything");
        await world.TakeAsAsync("sam", order);
        Assert.Equal("WRIT4030", Assert.IsType<Decision.Denied>(await world.CallAsync("pay", Call)).Refusal.Reason.Code);
        await world.TakeAsAsync("ada", new KillLiftProposed(order.Id, "over"));
        await world.TakeAsAsync("sam", new KillLifted(order.Id));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", Call));
    }

    [Fact]
    public async Task Security_alone_kills_and_two_people_lift()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var order = Order("server/desk");
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", order));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", order));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", order));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new KillLiftProposed(order.Id, "r")));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new KillLifted(order.Id)));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new KillLiftProposed(order.Id, "r")));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new KillLifted(order.Id)));
        Assert.IsType<Decision.Denied>(await world.CallAsync("look"));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new KillLifted(order.Id)));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
        Assert.Equal("ada", world.State.Kills.Lifted.Single().Lifted!.Value.By.ToString());
    }

    [Fact]
    public async Task A_call_under_way_is_ended_and_the_toll_counted_when_it_is_settled()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var agent = world.State.Agents[world.Agent];
        using var other = world.KillSwitch.Begin(World.Organization, agent, World.Desk, "look");
        var call = world.KillSwitch.Begin(World.Organization, agent, World.Desk, "pay")!;
        var order = Order("tool/desk/pay");
        await world.TakeAsAsync("sam", order with { DetectedAt = world.Time.GetUtcNow() - TimeSpan.FromSeconds(7) });
        await Until(() => call.Killed.IsCancellationRequested);
        Assert.False(other!.Killed.IsCancellationRequested);
        Assert.Null(world.KillSwitch.Begin(World.Organization, agent, World.Desk, "pay"));
        world.Time.Advance(TimeSpan.FromMilliseconds(40));
        Assert.Null(world.State.Kills.Standing.Single().Toll);
        call.Dispose();
        await Until(() => world.State.Kills.Standing.Single().Toll is not null);
        var kill = world.State.Kills.Standing.Single();
        Assert.Equal((1, TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(7040)), (kill.Toll!.Value.Calls, kill.Toll.Value.After, kill.TimeToKill));

        using var next = await world.RestartAsync();
        Assert.Equal(kill.Toll, next.State.Kills.Standing.Single().Toll);
    }

    [Fact]
    public async Task So_many_kills_stand_at_most_and_killing_everything_needs_no_more()
    {
        using var world = await World.WithAsync(World.PermitAll);
        for (var i = 0; i < KillOrders.MostStanding; i++)
            Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", Order($"model/m{i}")));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", Order("model/more")));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", Order("everything")));
        Assert.IsType<Decision.Denied>(await world.CallAsync("look"));
    }

    [Fact]
    public async Task What_cannot_be_closed_keeps_neither_the_switch_nor_the_toll()
    {
        using var world = await World.WithAsync(World.PermitAll);
        world.KillSwitch.Connect(_ => throw new InvalidOperationException("at once"));
        world.KillSwitch.Connect(_ => Task.FromException(new InvalidOperationException("later")));
        world.ControlLog.Fault = record => record.GetRawText().Contains("kill.tolled", StringComparison.Ordinal) && world.ControlLog.IsForeign ? new Writ.Governance.Records.RecordReceipt(0, "full") : null;
        foreach (var scope in new[] { "tool/desk/look", "tool/desk/pay" })
        {
            await world.TakeAsAsync("sam", Order(scope));
            await Until(() => world.State.Kills.Standing[^1].Toll is not null);
        }

        // A toll that the ledger does not take is tried again.
        world.ControlLog.IsForeign = true;
        await world.TakeAsAsync("sam", Order("tool/desk/note"));
        world.ControlLog.IsForeign = false;
        await Until(() =>
        {
            world.Time.Advance(KillSwitch.TryAgain);
            return world.State.Kills.Standing[^1].Toll is not null;
        });
    }

    private static KillOrdered Order(string scope) => new(Guid.CreateVersion7(), KillScope.Parse(scope), "a test");

    private static async Task Until(Func<bool> holds)
    {
        while (!holds())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
