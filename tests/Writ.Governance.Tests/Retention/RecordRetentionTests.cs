using System.Text;
using System.Text.Json;
using Writ.Governance.Controls;
using Writ.Governance.Folds;
using Writ.Governance.People;
using Writ.Governance.Records.Checks;
using Writ.Governance.Retention;

namespace Writ.Governance.Tests.Retention;

/// <summary>Whole ranges of records go when every record in them may, and the record of it comes first.</summary>
public sealed class RecordRetentionTests
{
    private static readonly CarriedState Carried = new(new string('a', 64), FoldSnapshot.Format);

    [Fact]
    public async Task Records_go_when_each_is_past_its_class_and_its_payload_was_removed_and_a_record_says_what_went()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await WorkAsync(world, "any");
        var records = (ulong)world.DecisionLog.Records.Count;
        world.DecisionLog.Prunable = records;
        var retention = Of(world);
        world.Time.Advance(TimeSpan.FromDays(182));
        Assert.Null(await retention.PruneAsync(CancellationToken.None));
        Assert.Equal(0UL, world.DecisionLog.PrunedTo);

        // Past their time, but the payloads are still there.
        world.Time.Advance(TimeSpan.FromDays(2));
        Assert.Null(await retention.PruneAsync(CancellationToken.None));
        Assert.Equal(0UL, world.DecisionLog.PrunedTo);
        Assert.Null(await world.Retention.PruneAsync(CancellationToken.None));
        Assert.Null(await retention.PruneAsync(CancellationToken.None));
        Assert.Equal(records, world.DecisionLog.PrunedTo);
        var said = Assert.Single(Pruned(world));
        Assert.Equal((0UL, records, Carried.Digest), (said.GetProperty("from").GetUInt64(), said.GetProperty("to").GetUInt64(), said.GetProperty("snapshot").GetString()));

        // Once is enough.
        Assert.Null(await retention.PruneAsync(CancellationToken.None));
        Assert.Single(Pruned(world));
        Assert.Null(retention.Unrecorded());
    }

    [Fact]
    public async Task One_record_of_money_keeps_all_that_lie_with_it_for_its_own_time()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await WorkAsync(world, "any");
        await WorkAsync(world, "pay", """{"amount":5}""");
        world.DecisionLog.Prunable = (ulong)world.DecisionLog.Records.Count;
        world.Time.Advance(TimeSpan.FromDays(200));
        await BothAsync(world);
        Assert.Equal(0UL, world.DecisionLog.PrunedTo);
        world.Time.Advance(TimeSpan.FromDays(2_400));
        await BothAsync(world);
        Assert.Equal(world.DecisionLog.Prunable, world.DecisionLog.PrunedTo);
    }

    [Fact]
    public async Task T86_nothing_goes_under_a_hold_by_a_clock_that_jumped_before_it_is_archived_or_without_its_state()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await WorkAsync(world, "any");
        world.DecisionLog.Prunable = (ulong)world.DecisionLog.Records.Count;
        world.Time.Advance(TimeSpan.FromDays(200));
        Assert.Null(await world.Retention.PruneAsync(CancellationToken.None));

        Assert.Null(await Of(world, archived: 0).PruneAsync(CancellationToken.None));
        Assert.NotNull(await Of(world, carried: null).PruneAsync(CancellationToken.None));
        await world.TakeAsAsync("ada", new HoldPlaced("case", "r"));
        Assert.Null(await Of(world).PruneAsync(CancellationToken.None));
        await world.TakeAsAsync("ada", new HoldLiftProposed("case", "over"));
        await world.TakeAsAsync("sam", new HoldLifted("case"));
        world.Time.StepWallClock(TimeSpan.FromDays(3));
        Assert.Null(await Of(world).PruneAsync(CancellationToken.None));
        Assert.Equal(0UL, world.DecisionLog.PrunedTo);
        Assert.Empty(Pruned(world));
        world.Time.StepWallClock(TimeSpan.FromDays(-3));
        Assert.Null(await Of(world).PruneAsync(CancellationToken.None));
        Assert.Single(Pruned(world));
    }

    [Fact]
    public async Task T86_what_is_recorded_as_pruned_waits_while_a_hold_stands_and_nothing_is_recorded_under_one()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await WorkAsync(world, "any");
        await world.TakeAsync(new RecordsPruned(0, 2, new string('b', 64), Carried.Digest, Carried.Format));
        await world.TakeAsAsync("ada", new HoldPlaced("case", "r"));
        Assert.Null(Of(world).Replay());
        Assert.Equal(0UL, world.DecisionLog.PrunedTo);
        var refused = await world.Controls.TakeAsync(
            World.Organization, null, Presence.Installation, _ => ControlPlan.Take(new RecordsPruned(2, 3, new string('b', 64), Carried.Digest, 1)), CancellationToken.None);
        Assert.IsNotType<ControlOutcome.Done>(refused);
        await world.TakeAsAsync("ada", new HoldLiftProposed("case", "over"));
        await world.TakeAsAsync("sam", new HoldLifted("case"));
        Assert.Null(Of(world).Replay());
        Assert.Equal(2UL, world.DecisionLog.PrunedTo);
    }

    [Fact]
    public async Task A_crash_after_the_record_is_made_good_and_what_goes_without_one_is_noticed()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await WorkAsync(world, "any");
        var retention = Of(world);
        Assert.Null(retention.Replay());
        await world.TakeAsync(new RecordsPruned(0, 2, new string('b', 64), Carried.Digest, Carried.Format));
        Assert.Null(retention.Replay());
        Assert.Equal(2UL, world.DecisionLog.PrunedTo);
        Assert.Null(retention.Unrecorded());
        world.DecisionLog.Prune(new Dictionary<Organizations.OrganizationId, ulong> { [World.Organization] = 3 }, new Dictionary<Organizations.OrganizationId, Guid>());
        Assert.Equal(World.Organization, retention.Unrecorded());

        // Neither a gap nor a row that begins anew is recorded.
        Assert.IsNotType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new RecordsPruned(3, 4, new string('b', 64), Carried.Digest, 1)));
        Assert.IsNotType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new RecordsPruned(0, 4, new string('b', 64), Carried.Digest, 1)));
    }

    [Fact]
    public async Task What_pruned_records_made_known_is_open_and_what_is_gone_without_a_record_is_found()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await WorkAsync(world, "any");
        await WorkAsync(world, "any");
        await world.TakeAsync(new RecordsPruned(0, 2, new string('b', 64), Carried.Digest, Carried.Format));
        Assert.Equal((0, 2UL), Checked(2, 'b'));
        Assert.Equal((1, 2UL), Checked(2, 'c'));
        Assert.Equal((1, 3UL), Checked(3, 'b'));

        (long Problems, ulong Gone) Checked(int first, char root)
        {
            var check = new RecordCheck();
            foreach (var (record, index) in world.ControlLog.Records.Select((r, i) => (r, i)))
                check.AddControl(World.Organization, (ulong)index, Encoding.UTF8.GetBytes(record.GetRawText()));
            check.AddPruned(World.Organization, (ulong)first, new string(root, 64));
            foreach (var (record, index) in world.DecisionLog.Records.Select((r, i) => (r, i)).Skip(first))
                check.AddDecision(World.Organization, (ulong)index, Encoding.UTF8.GetBytes(record.GetRawText()));
            return (check.Count, check.PrunedRecords);
        }
    }

    private static RecordRetention Of(World world, ulong archived = ulong.MaxValue) => Of(world, Carried, archived);

    private static RecordRetention Of(World world, CarriedState? carried, ulong archived = ulong.MaxValue) => new(
        world.Controls, world.Registry, world.DecisionLog, world.DecisionLog, world.Clock, world.Time, new RecordRetentionOptions(_ => Task.FromResult(carried), () => archived));

    private static async Task BothAsync(World world)
    {
        Assert.Null(await world.Retention.PruneAsync(CancellationToken.None));
        Assert.Null(await Of(world).PruneAsync(CancellationToken.None));
    }

    private static IEnumerable<JsonElement> Pruned(World world) =>
        world.ControlLog.Records.Select(r => r.GetProperty("action")).Where(a => a.GetProperty("kind").ValueEquals("records.pruned"));

    private static async Task WorkAsync(World world, string tool, string arguments = "{}") => await RetentionTests.DecideAsync(world, tool, arguments);
}
