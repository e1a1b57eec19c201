using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.Tasks;
using Writ.Governance.Tools;

namespace Writ.Governance.Tests.Limits;

public sealed class TaskCeilingTests
{
    [Fact]
    public async Task T22_concurrent_calls_of_a_task_never_exceed_its_calls()
    {
        using var world = await CappedAsync(new TaskCeiling(7));
        var decisions = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => world.CallAsync("look"))));
        Assert.Equal(7, decisions.Count(d => d is Decision.Permitted));
        Assert.All(decisions.OfType<Decision.Denied>(), d => Assert.Equal("WRIT3201", d.Refusal.Reason.Code));
    }

    [Fact]
    public async Task A_restart_forgets_nothing_and_a_snapshot_of_the_fold_neither()
    {
        using var world = await CappedAsync(new TaskCeiling(3));
        await world.CallAsync("look");
        await world.CallAsync("look");
        using var next = await world.RestartAsync();
        Assert.IsType<Decision.Permitted>(await next.CallAsync("look"));
        Assert.Equal("WRIT3201", Code(await next.CallAsync("look")));
    }

    [Fact]
    public async Task T76_children_start_nothing_anew_and_another_task_does()
    {
        using var world = await CappedAsync(new TaskCeiling(2));
        var root = await OpenAsync(world, null);
        await world.CallAsync("look", taskToken: root.Token);
        var child = await OpenAsync(world, root.Task);
        await world.CallAsync("look", taskToken: child.Token);
        Assert.Equal("WRIT3201", Code(await world.CallAsync("look", taskToken: child.Token)));
        Assert.Equal("WRIT3201", Code(await world.CallAsync("look", taskToken: (await OpenAsync(world, child.Task)).Token)));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look", taskToken: (await OpenAsync(world, null)).Token));
    }

    [Fact]
    public async Task T76_work_that_is_asked_of_another_agent_stays_under_the_ceiling_of_the_one_that_asks()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var (asking, _) = await world.AddAgentAsync("desk/*");
        await world.TakeAsync(new AgentCeilingChanged(asking, new TaskCeiling(2), "x"));
        var consent = Guid.NewGuid();
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new AgentConsentOffered(world.Agent, consent, InvokeParty.Parse($"agent/{asking}"), world.Time.GetUtcNow().AddDays(1), "x")));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new AgentConsentAccepted(world.Agent, consent)));
        var above = (await world.Tasks.OpenAsync(World.Organization, new TaskOpening { Agent = asking, Credential = KeyOf(world, asking) }))!.Value.Task;
        var token = (await world.Tasks.OpenAsync(World.Organization, new TaskOpening { Agent = world.Agent, Credential = KeyOf(world, world.Agent), Parent = above, AskedBy = [asking] }))!.Value.Token;

        Assert.IsType<Decision.Permitted>(await world.CallAsync("look", taskToken: token));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look", taskToken: token));
        Assert.Equal("WRIT3201", Code(await world.CallAsync("look", taskToken: token)));
        using var next = await world.RestartAsync();
        Assert.Equal("WRIT3201", Code(await next.CallAsync("look", taskToken: token)));
        // Of both, the smaller one counts.
        await next.TakeAsync(new AgentCeilingChanged(asking, new TaskCeiling(5), "more"), new AgentCeilingChanged(next.Agent, new TaskCeiling(3), "x"));
        Assert.IsType<Decision.Permitted>(await next.CallAsync("look", taskToken: token));
        Assert.Equal("WRIT3201", Code(await next.CallAsync("look", taskToken: token)));

        static string KeyOf(World world, AgentId agent) => world.State.AgentKeys.Values.Single(key => key.Agent == agent).KeyId;
    }

    [Fact]
    public async Task T30_money_is_counted_by_confirmed_prices_and_an_unknown_price_is_refused()
    {
        using var world = await CappedAsync(new TaskCeiling(NanoUsd: 100));
        Assert.Equal("WRIT4020", Code(await world.CallAsync("look")));
        var priced = World.DeskServer();
        await world.TakeAsync(new ServerRegistered(priced with
        {
            Classifications = priced.Classifications.SetItem("look", priced.Classifications["look"] with { Price = new ToolPrice { CallNanoUsd = 40 } }),
        }));
        Assert.Null(await new ToolObservation(world.Controls).ObserveAsync(World.Organization, World.Desk, World.Definitions, CancellationToken.None));
        await world.CallAsync("look");
        await world.CallAsync("look");
        Assert.Equal("WRIT3201", Code(await world.CallAsync("look")));
        using var next = await world.RestartAsync();
        Assert.Equal("WRIT3201", Code(await next.CallAsync("look")));
        await next.TakeAsync(new AgentCeilingChanged(next.Agent, new TaskCeiling(NanoUsd: 120), "more"));
        Assert.IsType<Decision.Permitted>(await next.CallAsync("look"));
        Assert.Equal("WRIT3201", Code(await next.CallAsync("look")));
    }

    [Fact]
    public async Task What_was_certainly_not_recorded_was_not_used_and_what_was_refused_neither()
    {
        using var world = await CappedAsync(new TaskCeiling(1));
        await world.CallAsync("no-such-tool");
        await world.CallAsync("look");
        using var other = await CappedAsync(new TaskCeiling(1));
        await other.CallAsync("no-such-tool");
        other.DecisionLog.IsFull = true;
        Assert.Equal("WRIT2000", Code(await other.CallAsync("look")));
        other.DecisionLog.IsFull = false;
        Assert.IsType<Decision.Permitted>(await other.CallAsync("look"));
        Assert.Equal("WRIT3201", Code(await other.CallAsync("look")));
    }

    [Fact]
    public async Task Who_asks_what_would_be_decided_is_told_and_uses_nothing()
    {
        using var world = await CappedAsync(new TaskCeiling(1));
        for (var i = 0; i < 3; i++)
            Assert.IsType<GateResult.Permitted>((await world.Governor.ExplainAsync(await world.RequestAsync("look"))).Result);
        await world.CallAsync("look");
        Assert.IsType<GateResult.Denied>((await world.Governor.ExplainAsync(await world.RequestAsync("look"))).Result);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0L, null)]
    [InlineData(-1L, null)]
    [InlineData(1_000_001L, null)]
    [InlineData(null, 0L)]
    [InlineData(null, 1_000_000_000_000_001L)]
    public async Task T23_a_ceiling_that_bounds_nothing_or_is_out_of_bounds_is_none(long? calls, long? money)
    {
        using var world = await World.WithAsync("");
        Assert.NotNull(new TaskCeiling(calls, money).Problem);
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", new AgentCeilingChanged(world.Agent, new TaskCeiling(calls, money), "x")));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", new AgentRegistered(World.Describe(AgentId.New(world.Time)) with { TaskCeiling = new TaskCeiling(calls, money) })));
    }

    private static async Task<World> CappedAsync(TaskCeiling ceiling)
    {
        var world = await World.WithAsync(World.PermitAll);
        await world.TakeAsync(new AgentCeilingChanged(world.Agent, ceiling, "x"));
        return world;
    }

    private static async Task<(TaskStanding Task, string Token)> OpenAsync(World world, TaskStanding? parent) =>
        (await world.Tasks.OpenAsync(World.Organization, new TaskOpening { Agent = world.Agent, Credential = world.State.AgentKeys.Keys.Single(), Parent = parent }))!.Value;

    private static string Code(Decision decision) => Assert.IsType<Decision.Denied>(decision).Refusal.Reason.Code;
}
