using Writ.Ledger;
using Writ.Ledger.Archiving;
using Writ.Server.Archiving;
using Writ.Testing;

namespace Writ.Server.Tests.Archiving;

/// <summary>The AWS SDK against a bucket that knows signatures, versions and locks.</summary>
public sealed class S3ArchiveTests : ArchiveTargetTests
{
    private readonly FakeTime _time = new();
    private S3Double _s3 = null!;

    [Fact]
    public async Task Every_object_is_locked_in_compliance_mode_until_its_time_and_no_version_of_it_can_be_deleted()
    {
        Assert.Null(await Target.PutAsync(Item("one/a/0", "kept", isHeld: true), Stop));
        var version = Assert.Single(_s3.Objects["production/one/a/0"]);
        Assert.Equal(("COMPLIANCE", 2033, true), (version.Mode, version.RetainUntil.Year, version.IsHeld));
        Assert.Equal(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(version.Bytes!)), version.Sha256);

        using var client = new Amazon.S3.AmazonS3Client(new Amazon.S3.AmazonS3Config { ServiceURL = _s3.Address.ToString(), ForcePathStyle = true, AuthenticationRegion = "eu-central-1", MaxErrorRetry = 0 });
        var refused = await Assert.ThrowsAsync<Amazon.S3.AmazonS3Exception>(() => client.DeleteObjectAsync(S3Double.Bucket, "production/one/a/0", version.Id, Stop));
        Assert.Equal("AccessDenied", refused.ErrorCode);
        Assert.Null(await Target.HoldAsync("one/a/0", isHeld: false, Stop));
        Assert.False(version.IsHeld);
        Assert.Null(await Target.HoldAsync("one/a/0", isHeld: true, Stop));
        Assert.True(version.IsHeld);
    }

    [Fact]
    public async Task A_bucket_that_does_not_lock_is_refused_before_and_at_the_first_object()
    {
        _s3.Locks = false;
        Assert.Equal(LedgerFaultKind.ArchiveNotWriteOnce, (await Target.CheckAsync(Stop))!.Kind);
        Assert.Equal(LedgerFaultKind.ArchiveNotWriteOnce, (await Target.PutAsync(Item("one/a/0", "kept"), Stop))!.Kind);
        Assert.Empty(await NamesAsync(""));
    }

    [Fact]
    public async Task What_fails_is_a_fault_that_says_why_and_the_next_attempt_goes_well()
    {
        _s3.Fail(1, S3Double.SlowDownAsync);
        Assert.Contains("503", (await Target.PutAsync(Item("one/a/0", "x"), Stop))!.Detail, StringComparison.Ordinal);
        _s3.Fail(1, S3Double.CutAsync);
        Assert.Equal(LedgerFaultKind.ArchiveUnavailable, (await Target.PutAsync(Item("one/a/0", "x"), Stop))!.Kind);
        _s3.Secret = "another";
        Assert.Contains("403", (await Target.CheckAsync(Stop))!.Detail, StringComparison.Ordinal);
        _s3.Secret = "double-secret";
        Assert.Null(await Target.PutAsync(Item("one/a/0", "x"), Stop));
        Assert.Single(_s3.Objects["production/one/a/0"]);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_not_waited_for_for_ever()
    {
        var (asked, gaveUp) = (new TaskCompletionSource(), new TaskCompletionSource());
        _s3.Fail(1, async http =>
        {
            await using var registration = http.RequestAborted.Register(gaveUp.SetResult);
            asked.SetResult();
            await gaveUp.Task;
        });
        var check = Target.CheckAsync(Stop);
        await asked.Task.WaitAsync(Stop);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(LedgerFaultKind.ArchiveUnavailable, (await check)!.Kind);
    }

    [Fact]
    public async Task A_ledger_goes_through_an_unreliable_service_whole_and_once_and_verifies_from_there()
    {
        await using var small = await SmallLedger.MakeAsync();
        var held = false;
        var archiver = new LedgerArchiver(small.Ledger, new ArchiveOptions { Name = "decisions", Target = Target, Time = small.Time, IsHeld = () => held });
        var (faults, attempts) = (0, 0);
        do
        {
            // Every few requests one fails, before it counts or after.
            if (attempts++ % 2 == 0)
                _s3.Fail(1, attempts % 4 == 1 ? S3Double.SlowDownAsync : S3Double.CutAsync);
            await archiver.StepAsync(Stop);
            faults += archiver.State.Fault is null ? 0 : 1;
            Stop.ThrowIfCancellationRequested();
        }
        while (archiver.State is not { Fault: null, Waiting: 0 } || _s3.HasFaults);
        Assert.True(faults > 2);
        Assert.True(archiver.State.ArchivedRecords >= 2 && archiver.State.ArchivedPayloads >= 2);
        Assert.All(_s3.Objects.Values, versions => Assert.Single(versions));
        Assert.All(_s3.Objects.Values, versions => Assert.Equal("COMPLIANCE", versions[0].Mode));
        Assert.Equal(2 * (int)(archiver.State.ArchivedRecords + archiver.State.ArchivedPayloads), _s3.Objects.Count);

        var (reports, fault) = await ArchiveVerifier.VerifyAsync(Target, [small.Key], small.Work, Stop);
        Assert.Null(fault);
        var report = Assert.Single(reports).Verification;
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
        Assert.All(report.Logs, log => Assert.Equal(log.Size, log.CheckpointSize));

        // A hold reaches what was archived before it, and ends when it is lifted.
        held = true;
        await archiver.StepAsync(Stop);
        Assert.All(_s3.Objects.Values, versions => Assert.True(versions[0].IsHeld));
        held = false;
        _s3.Fail(1, S3Double.SlowDownAsync);
        await archiver.StepAsync(Stop);
        Assert.NotNull(archiver.State.Fault);
        await archiver.StepAsync(Stop);
        Assert.All(_s3.Objects.Values, versions => Assert.False(versions[0].IsHeld));
    }

    [Fact]
    public async Task A_hold_that_somebody_else_set_stays_and_one_of_ours_ends_after_a_restart_too()
    {
        await using var small = await SmallLedger.MakeAsync();
        var (held, obstacle) = (false, (string?)null);
        LedgerArchiver Start() => new(small.Ledger, new ArchiveOptions { Name = "decisions", Target = Target, Time = small.Time, IsHeld = () => held, ClockObstacle = () => obstacle });
        var archiver = Start();
        while (await archiver.StepAsync(Stop))
        {
        }

        var others = _s3.Objects.Values.First()[0];
        others.IsHeld = true;
        await Start().StepAsync(Stop);
        Assert.True(others.IsHeld);
        Assert.Single(_s3.Objects.Values, versions => versions[0].IsHeld);

        // What keeps segments from being archived keeps no hold from what is there.
        (held, obstacle) = (true, "the clock jumped");
        archiver = Start();
        await archiver.StepAsync(Stop);
        Assert.Equal(LedgerFaultKind.ArchiveClock, archiver.State.Fault!.Kind);
        Assert.All(_s3.Objects.Values, versions => Assert.True(versions[0].IsHeld));
        obstacle = null;
        _s3.Objects["production/decisions/segments/0000000001.manifest.json"].Add(new S3Version { Id = "deleted" });
        var late = _s3.Objects.Values.Last(versions => versions[^1].Bytes is not null)[0];
        late.IsHeld = false;
        archiver = Start();
        await archiver.StepAsync(Stop);
        Assert.Equal(LedgerFaultKind.ArchiveDamaged, archiver.State.Fault!.Kind);
        Assert.True(late.IsHeld);

        // Lifted while the server was down.
        held = false;
        await Start().StepAsync(Stop);
        Assert.All(_s3.Objects.Values.Where(versions => versions[^1].Bytes is not null), versions => Assert.False(versions[0].IsHeld));
    }

    private protected override async Task<IArchiveTarget> OpenAsync()
    {
        _s3 = await S3Double.StartAsync();
        return ArchiveTargets.Open(new ArchiveAddress.S3(S3Double.Bucket, "production"), _s3.Address, "eu-central-1", _time);
    }

    private protected override async Task CloseAsync()
    {
        ((IDisposable)Target).Dispose();
        await _s3.DisposeAsync();
    }
}
