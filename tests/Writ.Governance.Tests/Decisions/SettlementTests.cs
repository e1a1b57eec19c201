using Writ.Governance.Decisions;
using Writ.Governance.Records;

namespace Writ.Governance.Tests.Decisions;

public sealed class SettlementTests
{
    private static readonly EffectReport Executed = new(EffectStatus.Executed, "done"u8.ToArray());

    [Fact]
    public async Task An_effect_is_settled_exactly_once_however_many_try()
    {
        using var world = await World.WithAsync(World.PermitAll);
        for (var round = 0; round < 20; round++)
        {
            var permitted = Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":5}"""));
            world.Time.Advance(Settlement.Patience + TimeSpan.FromSeconds(1));
            var tries = Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
                i % 2 == 0 ? await world.Settlement.SettleAsync(permitted.Dispatch, Executed) ? 1 : 0 : await world.Settlement.GiveUpOnSilenceAsync()));
            Assert.Equal(1, (await Task.WhenAll(tries)).Sum());
        }

        Assert.Equal(20, world.DecisionLog.Of("effect").Select(e => e.GetProperty("decision").GetString()).Distinct().Count());
        Assert.Equal(20, world.DecisionLog.Of("effect").Count());
        Assert.Equal(0, world.Dispatches.Count);
    }

    [Theory]
    [InlineData("pay", """{"amount":5}""")]
    [InlineData("look", "{}")]
    public async Task What_a_door_saw_and_the_ledger_did_not_take_is_recorded_later_as_it_was_seen(string tool, string arguments)
    {
        using var world = await World.WithAsync(World.PermitAll);
        var permitted = Assert.IsType<Decision.Permitted>(await world.CallAsync(tool, arguments));
        world.DecisionLog.IsFull = true;
        Assert.Equal(tool == "look", await world.Settlement.SettleAsync(permitted.Dispatch, Executed));
        await world.Settlement.GiveUpOnSilenceAsync();
        Assert.Equal(1, world.Dispatches.Count);
        world.DecisionLog.IsFull = false;
        await world.Settlement.GiveUpOnSilenceAsync();
        Assert.Equal("executed", Assert.Single(world.DecisionLog.Of("effect")).GetProperty("status").GetString());
        Assert.Equal(0, world.Dispatches.Count);
    }

    [Fact]
    public async Task A_dispatch_without_an_effect_is_unknown_after_a_restart_and_only_once()
    {
        using var world = await World.WithAsync(World.PermitAll);
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":5}"""));
        var settled = Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
        await world.Settlement.SettleAsync(settled.Dispatch, Executed);
        using (var next = await world.RestartAsync())
            Assert.Equal(1, await next.Settlement.GiveUpOnOwnDoorsAsync());
        using var third = await world.RestartAsync();
        Assert.Equal(0, await third.Settlement.GiveUpOnOwnDoorsAsync());
        Assert.Equal(["executed", "unknown"], world.DecisionLog.Of("effect").Select(e => e.GetProperty("status").GetString()!));
    }

    [Fact]
    public async Task A_decision_on_its_way_to_the_disk_owes_no_effect_yet()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await world.CallAsync("unknown");
        var disk = new TaskCompletionSource();
        world.DecisionLog.Gate = disk.Task;
        var deciding = world.CallAsync("look");
        Assert.Equal(0, await world.Settlement.GiveUpOnOwnDoorsAsync());
        disk.SetResult();
        var permitted = Assert.IsType<Decision.Permitted>(await deciding);
        Assert.True(await world.Settlement.SettleAsync(permitted.Dispatch, Executed));
    }

    [Fact]
    public async Task A_start_refuses_a_decision_of_another_organizations_log()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await world.CallAsync("look");
        var stolen = world.DecisionLog.Of("decision").Single().GetRawText();
        await world.DecisionLog.AppendAsync(Governance.Organizations.OrganizationId.Parse("other"), System.Text.Encoding.UTF8.GetBytes(stolen), default, RecordClass.Ordinary);
        await Assert.ThrowsAsync<InvalidDataException>(world.RestartAsync);
    }
}
