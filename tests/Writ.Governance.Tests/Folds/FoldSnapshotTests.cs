using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Writ.Governance.Approvals;
using Writ.Governance.Decisions;
using Writ.Governance.Folds;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Tasks;

namespace Writ.Governance.Tests.Folds;

public sealed class FoldSnapshotTests
{
    private const int Records = 60;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fold_that_goes_on_from_a_snapshot_ends_where_the_fold_of_all_records_ends()
    {
        using var world = await World.SoloAsync();
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            var log = new RandomHistory(seed, world.Sealer).MakeAsync(Records).GetAwaiter().GetResult();
            for (var first = 0; first <= Records; first += 7)
                Assert.True(Fold.LawHoldsAsync(log, world.Sealer, world.Time, first).GetAwaiter().GetResult());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40).WithQuietOnSuccess(true));
    }

    [Fact]
    public async Task Tasks_have_the_same_users_with_and_without_a_snapshot_and_the_erased_have_none()
    {
        using var world = await World.SoloAsync();
        var history = new RandomHistory(7, world.Sealer);
        var log = await history.MakeAsync(200);
        var kept = Fold.Format.Write((await Fold.OfAsync(log.First(150), world.Sealer, world.Time)).State)!;
        foreach (var organization in log.Positions().Select(p => p.Organization))
        {
            if (world.Sealer.KeyOf(organization, PayloadSubject.OfUser("alice-1")) is { } key)
                Assert.Null(world.Sealer.Destroy(organization, key));
        }

        var (with, without) = (new Fold(log, world.Sealer, world.Time), new Fold(log, world.Sealer, world.Time));
        Assert.IsType<FoldStart.Begun>(Fold.Format.Read(kept, with.State, log));
        await with.State.ReplayAsync(log, Stop);
        await without.State.ReplayAsync(log, Stop);
        Assert.Equal(history.Tasks.Select(t => without.Tasks.Find(new TaskId(t))), history.Tasks.Select(t => with.Tasks.Find(new TaskId(t))));
        var users = history.Tasks.Select(t => with.Tasks.Find(new TaskId(t))?.User?.Value).Where(u => u is not null).ToArray();
        Assert.Contains("alice-0", users);
        Assert.DoesNotContain("alice-1", users);
        Assert.DoesNotContain("", users);
    }

    [Fact]
    public async Task No_name_of_a_user_is_in_a_snapshot()
    {
        using var world = await World.SoloAsync();
        var log = await new RandomHistory(11, world.Sealer).MakeAsync(300);
        var fold = await Fold.OfAsync(log, world.Sealer, world.Time);
        Assert.Contains("agent", Encoding.Latin1.GetString(Fold.Format.Write(fold.State)!), StringComparison.Ordinal);
        Assert.DoesNotContain("alice", Encoding.Latin1.GetString(Fold.Format.Write(fold.State)!), StringComparison.Ordinal);

        // A state that has names is not written at all: there is no way to it by mistake.
        await fold.State.NameUsersAsync(log, Stop);
        Assert.Null(Fold.Format.Write(fold.State));
    }

    [Fact]
    public async Task T87_a_snapshot_of_which_any_byte_was_changed_is_refused_and_nothing_of_it_is_taken()
    {
        using var world = await World.SoloAsync();
        var log = await new RandomHistory(3, world.Sealer).MakeAsync(40);
        var kept = Fold.Format.Write((await Fold.OfAsync(log, world.Sealer, world.Time)).State)!;
        for (var at = 0; at < kept.Length; at++)
        {
            var edited = kept.ToArray();
            edited[at] ^= (byte)(1 << (at % 8));
            Assert.Equal("WRIT2120", await RefusedAsync(world, log, edited));
        }

        Assert.Equal("WRIT2120", await RefusedAsync(world, log, kept[..^1]));
        Assert.Equal("WRIT2120", await RefusedAsync(world, log, [.. kept, 0]));
        Assert.Equal("WRIT2120", await RefusedAsync(world, log, []));
    }

    [Fact]
    public async Task T87_a_snapshot_that_was_made_without_the_key_is_refused()
    {
        using var world = await World.SoloAsync();
        var log = await new RandomHistory(3, world.Sealer).MakeAsync(40);
        var fold = await Fold.OfAsync(log, world.Sealer, world.Time);
        Assert.Equal("WRIT2120", await RefusedAsync(world, log, new FoldSnapshot(new byte[32], FoldSnapshot.ThisBuild).Write(fold.State)!));
        var unkeyed = Fold.Format.Write(fold.State)!;
        Assert.Equal("WRIT2120", await RefusedAsync(world, log, [.. unkeyed[..^32], .. SHA256.HashData(unkeyed.AsSpan()[..^32])]));
    }

    [Fact]
    public async Task T87_a_snapshot_of_records_that_the_log_does_not_hold_is_refused()
    {
        using var world = await World.SoloAsync();
        var log = await new RandomHistory(3, world.Sealer).MakeAsync(40);
        var (other, shorter) = (await new RandomHistory(4, world.Sealer).MakeAsync(40), log.First(20));
        Assert.Equal("WRIT2121", await RefusedAsync(world, log, Fold.Format.Write((await Fold.OfAsync(other, world.Sealer, world.Time)).State)!));
        Assert.Equal("WRIT2121", await RefusedAsync(world, shorter, Fold.Format.Write((await Fold.OfAsync(log, world.Sealer, world.Time)).State)!));
    }

    [Fact]
    public async Task An_older_snapshot_put_in_the_place_of_the_last_changes_nothing()
    {
        // It is genuine; all that came after it is folded again, what used an approval up too.
        using var world = await World.SoloAsync();
        Assert.True(await Fold.LawHoldsAsync(await new RandomHistory(9, world.Sealer).MakeAsync(80), world.Sealer, world.Time, 1));
    }

    [Fact]
    public async Task What_another_build_folded_is_folded_again()
    {
        using var world = await World.SoloAsync();
        var log = await new RandomHistory(3, world.Sealer).MakeAsync(40);
        var kept = new FoldSnapshot(Fold.Key, Guid.NewGuid()).Write((await Fold.OfAsync(log, world.Sealer, world.Time)).State)!;
        var fold = new Fold(log, world.Sealer, world.Time);
        Assert.IsType<FoldStart.OtherBuild>(Fold.Format.Read(kept, fold.State, log));
        Assert.Equal(40, await fold.State.ReplayAsync(log, Stop));
    }

    [Fact]
    public async Task Whatever_is_folded_is_kept()
    {
        // A part of the state that no snapshot knows would be lost at the next start. The registry is the control log's, folded before.
        var folded = typeof(DecisionLogFold).GetConstructors().Single().GetParameters().Select(p => p.ParameterType)
            .Where(type => type != typeof(PayloadSealer) && type != typeof(ClockWatch) && type != typeof(RegistryHolder)).ToArray();
        Assert.All(folded, type => Assert.True(type.IsAssignableTo(typeof(IFoldState)), $"{type} is folded and has no place in a snapshot"));
        using var world = await World.SoloAsync();
        Assert.Equal(folded, new Fold(world.DecisionLog, world.Sealer, world.Time).State.States.Select(s => s.GetType()));
    }

    /// <summary>The code a snapshot is refused with; the fold must then be as if there had been none.</summary>
    private static async Task<string> RefusedAsync(World world, MemoryRecordLog log, byte[] file)
    {
        var fold = new Fold(log, world.Sealer, world.Time);
        var refused = Assert.IsType<FoldStart.Refused>(Fold.Format.Read(file, fold.State, log));
        Assert.Equal(0, fold.State.Folded);
        await fold.State.FoldAsync(log, Stop);
        Assert.Equal(Fold.Format.Write((await Fold.OfAsync(log, world.Sealer, world.Time)).State), Fold.Format.Write(fold.State));
        return refused.Code;
    }
}
