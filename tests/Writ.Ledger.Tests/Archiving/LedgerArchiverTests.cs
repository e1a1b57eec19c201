using System.IO.Compression;
using Writ.Ledger.Archiving;
using Writ.Ledger.Segments;
using Writ.Ledger.Verification;

namespace Writ.Ledger.Tests.Archiving;

/// <summary>Full segments go into an archive once, whole, and come out as they were.</summary>
public sealed class LedgerArchiverTests : IAsyncLifetime
{
    private ArchivedFolder _here = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _here = await ArchivedFolder.MakeAsync();

    public ValueTask DisposeAsync() => _here.DisposeAsync();

    [Fact]
    public async Task Every_full_segment_is_archived_once_read_only_and_verifies_without_its_ledger_up_to_the_last_record_that_is_there()
    {
        var state = await _here.ArchiveAsync();
        Assert.Null(state.Fault);
        Assert.Equal(0UL, state.Waiting);
        Assert.Equal(2 * (int)(state.SealedRecords + state.SealedPayloads), _here.Objects.Count);
        Assert.All(Directory.GetFiles(_here.Root, "*", SearchOption.AllDirectories), file => Assert.Equal((UnixFileMode)0b100_100_100, File.GetUnixFileMode(file)));

        var report = await _here.VerifyAsync();
        Assert.True(report.Verification.IsSound, string.Join('\n', report.Verification.Findings));
        Assert.Equal(2, report.Verification.Logs.Count);
        Assert.All(report.Verification.Logs, log => Assert.Equal(log.Size, log.CheckpointSize));
        Assert.True(report.Verification.Logs.Sum(l => (long)l.Size) > 400);

        // Again, and by a process that knows nothing of the first: nothing is written twice.
        var before = _here.Objects;
        Assert.Null((await _here.ArchiveAsync()).Fault);
        await _here.ReopenAsync();
        Assert.Null((await _here.ArchiveAsync()).Fault);
        Assert.Equal(before, _here.Objects);

        await _here.GrowAsync(400);
        Assert.Null((await _here.ArchiveAsync()).Fault);
        Assert.True(_here.Objects.Count > before.Count);
        Assert.True((await _here.VerifyAsync()).Verification.IsSound);
        Assert.False(Directory.EnumerateFiles(Path.Combine(_here.Folder.Options.DataFolder, "archiving")).Any());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task After_a_failure_or_a_kill_at_any_write_the_next_attempt_finishes_and_nothing_is_doubled(bool isWritten, bool isDeath)
    {
        for (var writes = 0; writes < 5; writes++)
        {
            var archiver = _here.Archiver(new FailingTarget(_here.Target, writes, isWritten, isDeath));
            if (isDeath)
                await Assert.ThrowsAsync<InvalidOperationException>(() => _here.ArchiveAsync(archiver));
            else
                Assert.Equal(LedgerFaultKind.ArchiveUnavailable, (await _here.ArchiveAsync(archiver)).Fault!.Kind);
        }

        var state = await _here.ArchiveAsync();
        Assert.Null(state.Fault);
        Assert.Equal(2 * (int)(state.SealedRecords + state.SealedPayloads), _here.Objects.Count);
        Assert.True((await _here.VerifyAsync()).Verification.IsSound);
    }

    [Fact]
    public async Task What_comes_out_again_is_what_lay_in_the_data_folder_byte_for_byte()
    {
        await _here.ArchiveAsync();
        var restored = Path.Combine(_here.Work, "restored");
        Assert.Null(await ArchiveVerifier.RestoreAsync(_here.Target, restored, Stop));
        foreach (var (kind, folder) in new[] { (SegmentKind.Records, _here.Folder.Segments), (SegmentKind.Vault, _here.Folder.Vault) })
        {
            for (var number = 1UL; number <= _here.Ledger.SealedSegments(kind); number++)
            {
                var name = $"{number:D10}{(kind == SegmentKind.Records ? ".seg" : ".vlt")}";
                Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(folder, name), Stop), await File.ReadAllBytesAsync(Path.Combine(restored, "decisions", Path.GetFileName(folder), name), Stop));
            }
        }

        VerificationOptions options = new()
        {
            DataFolder = Path.Combine(restored, "decisions"), Checkpoints = _here.Folder.Options.Checkpoints, Keys = [TestLedger.Key.PublicKey], IsPrefix = true,
        };
        var report = await LedgerVerifier.VerifyAsync(options, null, Stop);
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
        Assert.False((await LedgerVerifier.VerifyAsync(options with { IsPrefix = false }, null, Stop)).IsSound);
    }

    [Fact]
    public async Task T38_every_byte_of_an_archive_counts()
    {
        await _here.ArchiveAsync();
        foreach (var name in _here.Objects.Where((_, i) => i % 2 == 0 || i < 4))
        {
            var path = Path.Combine(_here.Root, name);
            var good = await File.ReadAllBytesAsync(path, Stop);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            foreach (var at in new[] { 3, good.Length / 2, good.Length - 2 })
            {
                var bad = good.ToArray();
                bad[at] ^= 1;
                await File.WriteAllBytesAsync(path, bad, Stop);
                Assert.False((await _here.VerifyAsync()).Verification.IsSound, $"{name} at {at}");
            }

            await File.WriteAllBytesAsync(path, good, Stop);
        }

        Assert.True((await _here.VerifyAsync()).Verification.IsSound);
    }

    [Fact]
    public async Task T34_an_object_that_is_gone_is_missed_by_who_verifies_and_by_the_next_start()
    {
        await _here.ArchiveAsync();
        var manifest = Path.Combine(_here.Root, "decisions/vault/0000000001.manifest.json");
        File.Move(manifest, manifest + ".away");
        Assert.Contains((await _here.VerifyAsync()).Verification.Findings, f => f.Kind == FindingKind.ArchiveContradicted);
        Assert.Equal(LedgerFaultKind.ArchiveDamaged, (await _here.ArchiveAsync()).Fault!.Kind);
        File.Move(manifest + ".away", manifest);

        var segment = Directory.GetFiles(Path.Combine(_here.Root, "decisions/segments"), "*.seg.br").Order().First();
        File.Delete(segment);
        Assert.Contains((await _here.VerifyAsync()).Verification.Findings, f => f.Kind == FindingKind.ArchiveContradicted);
    }

    [Fact]
    public async Task A_manifest_that_was_planted_far_off_makes_a_finding_and_not_as_many_as_its_number()
    {
        await _here.ArchiveAsync();
        var first = Path.Combine(_here.Root, "decisions/segments/0000000001.manifest.json");
        var planted = (await File.ReadAllTextAsync(first, Stop)).Replace("\"segment\":1,", "\"segment\":9999999999,", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_here.Root, "decisions/segments/9999999999.manifest.json"), planted, Stop);
        var report = (await _here.VerifyAsync()).Verification;
        Assert.False(report.IsSound);
        Assert.InRange(report.Findings.Count, 2, 200);
        Assert.Equal(LedgerFaultKind.ArchiveDamaged, (await _here.ArchiveAsync()).Fault!.Kind);
    }

    [Fact]
    public async Task T38_an_archive_that_somebody_else_made_whole_is_not_signed_for()
    {
        await _here.ArchiveAsync();
        using var other = Writ.Crypto.Signing.Ed25519PrivateKey.Generate();
        var (reports, _) = await ArchiveVerifier.VerifyAsync(_here.Target, [other.PublicKey], _here.Work, Stop);
        var report = Assert.Single(reports).Verification;
        Assert.Contains(report.Findings, f => f.Kind == FindingKind.CheckpointInvalid);
        Assert.All(report.Logs, log => Assert.Null(log.CheckpointSize));

        (reports, _) = await ArchiveVerifier.VerifyAsync(_here.Target, [], _here.Work, Stop);
        Assert.All(Assert.Single(reports).Verification.Logs, log => Assert.Null(log.CheckpointSize));
    }

    [Fact]
    public async Task T41_another_history_and_another_ledger_are_never_mixed_into_an_archive()
    {
        await _here.ArchiveAsync();
        var before = _here.Objects;

        await using var stranger = await ArchivedFolder.MakeAsync();
        var state = await stranger.ArchiveAsync(stranger.Archiver(_here.Target));
        Assert.Equal(LedgerFaultKind.ArchiveContradicts, state.Fault!.Kind);
        Assert.Contains("another ledger", state.Fault.Detail, StringComparison.Ordinal);

        // The same ledger, rolled back behind what was archived of it: its folder and its checkpoints as they were.
        using var earlier = new TestLedger();
        await _here.Ledger.DisposeAsync();
        CopyAll(_here.Folder.Options.DataFolder, earlier.Options.DataFolder);
        CopyAll(_here.Folder.CheckpointPath, earlier.CheckpointPath);
        await _here.RestartAsync();
        await _here.GrowAsync(500);
        await _here.ArchiveAsync();
        before = _here.Objects;
        await using (var old = await earlier.OpenAsync())
        {
            var archiver = new LedgerArchiver(old, new ArchiveOptions { Name = "decisions", Target = _here.Target, Time = earlier.Time });
            Assert.False(await archiver.StepAsync(Stop));
            Assert.Contains("rolled back", archiver.State.Fault!.Detail, StringComparison.Ordinal);

            // It goes on, and makes another history under the same numbers.
            for (var i = 0; i < 700; i++)
                await old.AppendAsync(old.FindLog(TestLedger.Origin)!, TestLedger.Record(1, 700), ArchivedFolder.Payload(i));
            archiver = new LedgerArchiver(old, new ArchiveOptions { Name = "decisions", Target = _here.Target, Time = earlier.Time });
            Assert.False(await archiver.StepAsync(Stop));
            Assert.Equal(LedgerFaultKind.ArchiveContradicts, archiver.State.Fault!.Kind);
            Assert.Contains("two histories", archiver.State.Fault.Detail, StringComparison.Ordinal);
        }

        Assert.Equal(before, _here.Objects);
    }

    [Fact]
    public async Task An_object_of_the_same_name_with_other_bytes_stays_and_is_an_alarm()
    {
        var name = Path.Combine(_here.Root, "decisions/segments/0000000001.manifest.json");
        var archiver = _here.Archiver();
        Assert.True(await archiver.StepAsync(Stop));
        var first = await File.ReadAllTextAsync(name, Stop);
        var second = _here.Archiver();
        await File.WriteAllTextAsync(Path.Combine(_here.Root, "decisions/segments/0000000002.manifest.json"), first, Stop);
        Assert.False(await archiver.StepAsync(Stop));
        Assert.Equal(LedgerFaultKind.ArchiveContradicts, archiver.State.Fault!.Kind);
        Assert.NotNull(archiver.State.FailingSince);
        Assert.Equal(first, await File.ReadAllTextAsync(Path.Combine(_here.Root, "decisions/segments/0000000002.manifest.json"), Stop));
        Assert.False(await second.StepAsync(Stop));
        Assert.Equal(LedgerFaultKind.ArchiveDamaged, second.State.Fault!.Kind);
    }

    [Fact]
    public async Task A_damaged_segment_is_not_archived_nor_anything_after_it_until_it_is_mended()
    {
        var file = Path.Combine(_here.Folder.Segments, "0000000002.seg");
        var good = await File.ReadAllBytesAsync(file, Stop);
        var bad = good.ToArray();
        bad[220_000] ^= 1;
        await File.WriteAllBytesAsync(file, bad, Stop);
        var archiver = _here.Archiver();
        var state = await _here.ArchiveAsync(archiver);
        Assert.Equal(LedgerFaultKind.SegmentDamaged, state.Fault!.Kind);
        Assert.Equal(1UL, state.ArchivedRecords);
        await File.WriteAllBytesAsync(file, good, Stop);
        Assert.Null((await _here.ArchiveAsync(archiver)).Fault);
        Assert.True((await _here.VerifyAsync()).Verification.IsSound);
    }

    [Fact]
    public async Task T86_nothing_is_archived_by_a_clock_that_cannot_be_relied_on()
    {
        string? obstacle = "the clock jumped";
        var archiver = _here.Archiver(obstacle: () => obstacle);
        Assert.Equal(LedgerFaultKind.ArchiveClock, (await _here.ArchiveAsync(archiver)).Fault!.Kind);
        Assert.Empty(_here.Objects);
        obstacle = null;
        Assert.Null((await _here.ArchiveAsync(archiver)).Fault);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_not_made_and_waits()
    {
        Directory.Delete(_here.Root);
        var archiver = _here.Archiver();
        Assert.Equal(LedgerFaultKind.ArchiveUnavailable, (await _here.ArchiveAsync(archiver)).Fault!.Kind);
        Assert.False(Directory.Exists(_here.Root));
        Directory.CreateDirectory(_here.Root);
        Assert.Null((await _here.ArchiveAsync(archiver)).Fault);
    }

    [Fact]
    public async Task Payloads_that_were_removed_before_stay_out_and_those_removed_after_stay_in()
    {
        var log = _here.Ledger.FindLog(TestLedger.Origin)!;
        Assert.Null(_here.Ledger.PrunePayloads(log, [.. Enumerable.Range(0, 50).Select(i => (ulong)i)]));
        await _here.ArchiveAsync();
        Assert.Null(_here.Ledger.PrunePayloads(log, [.. Enumerable.Range(50, 50).Select(i => (ulong)i)]));
        Assert.Null((await _here.ArchiveAsync()).Fault);
        Assert.True((await _here.VerifyAsync()).Verification.IsSound);
        var archived = Unpacked();
        Assert.DoesNotContain(archived, bytes => bytes.AsSpan().IndexOf(ArchivedFolder.Payload(7)) >= 0);
        Assert.Contains(archived, bytes => bytes.AsSpan().IndexOf(ArchivedFolder.Payload(77)) >= 0);
    }

    [Fact]
    public async Task The_loop_archives_what_becomes_full_and_tries_again_ever_less_often()
    {
        Directory.Delete(_here.Root);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var archiver = _here.Archiver();
        var run = archiver.RunAsync(stop.Token);
        await UntilAsync(() => archiver.State.Fault is not null);
        var failing = archiver.State.FailingSince;
        _here.Folder.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(failing, archiver.State.FailingSince);
        Directory.CreateDirectory(_here.Root);
        await UntilAsync(() =>
        {
            _here.Folder.Time.Advance(TimeSpan.FromSeconds(10));
            return archiver.State is { Fault: null, Waiting: 0 };
        });
        await stop.CancelAsync();
        await run;

        async Task UntilAsync(Func<bool> isSo)
        {
            while (!isSo())
            {
                Stop.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
    }

    private static void CopyAll(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private IReadOnlyList<byte[]> Unpacked() => [.. Directory.GetFiles(_here.Root, "*.br", SearchOption.AllDirectories).Select(file =>
    {
        using var packed = File.OpenRead(file);
        using var brotli = new BrotliStream(packed, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        brotli.CopyTo(plain);
        return plain.ToArray();
    })];
}
