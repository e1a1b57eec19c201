using System.Text;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Records.Checks;
using Writ.Governance.Retention;

namespace Writ.Governance.Tests.Retention;

public sealed class RetentionTests
{
    [Fact]
    public async Task Payloads_are_removed_when_their_time_is_over_each_class_by_its_own_and_records_stay()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var (note, pay) = (await DecideAsync(world, "any"), await DecideAsync(world, "pay", """{"amount":5}"""));
        world.Time.Advance(TimeSpan.FromDays(80));
        var young = await DecideAsync(world, "any");
        world.Time.Advance(TimeSpan.FromDays(104));
        var records = world.DecisionLog.Records.Count;
        Assert.Null(await world.Retention.PruneAsync(CancellationToken.None));
        Assert.Equal((false, true, true), (await IsThereAsync(world, note), await IsThereAsync(world, pay), await IsThereAsync(world, young)));
        Assert.Equal(records, world.DecisionLog.Records.Count);
        world.Time.Advance(TimeSpan.FromDays(2_400));
        Assert.Null(await world.Retention.PruneAsync(CancellationToken.None));
        Assert.Equal((false, false), (await IsThereAsync(world, pay), await IsThereAsync(world, young)));
        Assert.Equal(["decisions", "decisions", "financial"], Pruned(world).Select(a => a.GetProperty("class").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_removed_under_a_hold_or_by_a_clock_that_jumped()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var note = await DecideAsync(world, "any");
        world.Time.StepWallClock(TimeSpan.FromDays(200));
        await world.Retention.PruneAsync(CancellationToken.None);
        Assert.True(await IsThereAsync(world, note));
        world.Time.StepWallClock(TimeSpan.FromDays(-200));
        world.Time.Advance(TimeSpan.FromDays(200));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new HoldPlaced("case", "r")));
        await world.Retention.PruneAsync(CancellationToken.None);
        Assert.True(await IsThereAsync(world, note));
        await world.TakeAsAsync("ada", new HoldLiftProposed("case", "over"));
        await world.TakeAsAsync("sam", new HoldLifted("case"));
        await world.Retention.PruneAsync(CancellationToken.None);
        Assert.False(await IsThereAsync(world, note));
    }

    [Fact]
    public async Task A_crash_between_the_record_and_the_bytes_is_made_good_by_the_next_start()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var note = await DecideAsync(world, "any");
        await world.TakeAsync(new PayloadsPruned(RetentionClass.Decisions, 0, (ulong)world.DecisionLog.Records.Count, 1));
        Assert.True(await IsThereAsync(world, note));
        using var next = await world.RestartAsync();
        Assert.False(await IsThereAsync(next, note));
    }

    [Fact]
    public async Task Two_people_shorten_retention_and_one_lengthens_it()
    {
        using var world = await World.WithAsync(World.PermitAll);
        Assert.Equal((200, null), await ChangeAsync(world, "ada", 200));
        Assert.Equal((200, null), await ChangeAsync(world, "ada", 30));
        Assert.Equal((200, "proposer"), await ChangeAsync(world, "ada", 30));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", new RetentionChanged(30, 2_557)));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new RetentionChanged(300, 2_557)));
        Assert.Equal((30, null), await ChangeAsync(world, "sam", 30));
    }

    [Fact]
    public async Task A_removal_that_no_retention_says_is_found()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await DecideAsync(world, "any");
        await DecideAsync(world, "pay", """{"amount":5}""");
        await world.TakeAsync(new PayloadsPruned(RetentionClass.Decisions, 0, (ulong)world.DecisionLog.Records.Count, 1));
        var check = new RecordCheck();
        foreach (var (record, index) in world.ControlLog.Records.Select((r, i) => (r, i)))
            check.AddControl(World.Organization, (ulong)index, Encoding.UTF8.GetBytes(record.GetRawText()));
        foreach (var (record, index) in world.DecisionLog.Records.Select((r, i) => (r, i)))
            check.AddDecision(World.Organization, (ulong)index, Encoding.UTF8.GetBytes(record.GetRawText()), pruned: record.TryGetProperty("commitment", out _));
        Assert.Equal(1, check.Pruned);
        Assert.Equal("its payload was removed, and no retention says so", Assert.Single(check.Problems).Text);
    }

    private static IEnumerable<System.Text.Json.JsonElement> Pruned(World world) =>
        world.ControlLog.Records.Select(r => r.GetProperty("action")).Where(a => a.GetProperty("kind").ValueEquals("payloads.pruned"));

    private static async Task<(int Days, string? Obstacle)> ChangeAsync(World world, string person, int days)
    {
        string? obstacle = null;
        await world.Controls.TakeAsync(World.Organization, PersonId.Parse(person), Presence.BootstrapToken, state =>
        {
            var plan = RetentionPlan.Of(state!, new RetentionTerms(days, 2_557), PersonId.Parse(person), world.Time.GetUtcNow(), out var why);
            obstacle = why?.Name;
            return plan;
        }, CancellationToken.None);
        return (world.State.Retention.DecisionDays, obstacle);
    }

    internal static async Task<DecisionId> DecideAsync(World world, string tool, string arguments = "{}")
    {
        var request = await world.RequestAsync(tool, arguments);
        Assert.IsType<Decision.Permitted>(await world.Governor.DecideAsync(request));
        return request.Id;
    }

    private static async Task<bool> IsThereAsync(World world, DecisionId decision) =>
        await world.Archive.OpenPayloadAsync(World.Organization, decision, CancellationToken.None) is not null;
}
