using System.Buffers.Binary;
using System.Collections.Concurrent;
using Writ.Crypto.Hashing;
using Writ.Ledger.Scrubbing;
using Writ.Ledger.Segments;
using Writ.Ledger.Verification;

namespace Writ.Ledger.Tests.Scrubbing;

/// <summary>Old segments of an open ledger are read again: what is sound stays unmentioned, what is not is named.</summary>
public sealed class LedgerScrubberTests : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private readonly TestLedger _folder = new();
    private MerkleLedger _ledger = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _ledger = await _folder.OpenAsync();
        var log = await TestLedger.LogAsync(_ledger);
        var other = await TestLedger.LogAsync(_ledger, "test.example/other");
        for (var i = 0; i < 900; i++)
        {
            await _ledger.AppendAsync(log, TestLedger.Record((ulong)i, 600), new byte[700]);
            if (i % 3 == 0)
                await _ledger.AppendAsync(other, TestLedger.Record((ulong)i));
        }

        Assert.True(_ledger.SealedSegments(SegmentKind.Records) >= 3);
        Assert.True(_ledger.SealedSegments(SegmentKind.Vault) >= 3);
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Sound_segments_of_both_families_are_read_whole_and_nothing_is_said()
    {
        await using var scrub = new Scrub(_ledger, _folder);
        var state = await scrub.PassAsync();
        Assert.Empty(scrub.Told);
        Assert.Null(state.Fault);
        Assert.Equal(state.SealedSegments, state.SegmentsRead);
        Assert.Equal(_ledger.SealedSegments(SegmentKind.Records) + _ledger.SealedSegments(SegmentKind.Vault), state.SealedSegments);
        Assert.Null(state.PassBeganAt);
    }

    [Theory]
    [InlineData("segments", 2, 100_000)]
    [InlineData("segments", 1, 20)]
    [InlineData("vault", 2, 77_777)]
    public async Task One_bit_of_an_old_segment_that_flips_under_a_running_ledger_is_found_and_named_and_the_ledger_goes_on(string family, int number, int offset)
    {
        await using var scrub = new Scrub(_ledger, _folder);
        await scrub.PassAsync();
        Assert.Empty(scrub.Told);

        var file = Directory.GetFiles(Path.Combine(_folder.Options.DataFolder, family)).Order().ElementAt(number - 1);
        Change(file, bytes => bytes[offset] ^= 4);
        var state = await scrub.PassAsync();
        var name = Path.Combine(family, Path.GetFileName(file));
        Assert.All(state.Damage, finding => Assert.Equal(name, finding.File));
        Assert.Equal(1, state.DamagedSegments);
        Assert.Equal(LedgerFaultKind.SegmentDamaged, state.Fault!.Kind);
        Assert.Contains(state.Damage, finding => finding.Offset <= offset && finding.Offset >= offset - 4_096);
        Assert.Equal(state.Damage, scrub.Told);
        Assert.True((await _ledger.AppendAsync(_ledger.FindLog(TestLedger.Origin)!, TestLedger.Record(1))).IsDurable);

        // Told once; and when the bytes are back, it is over.
        await scrub.PassAsync();
        Assert.Equal(state.Damage, scrub.Told);
        Change(file, bytes => bytes[offset] ^= 4);
        Assert.Empty((await scrub.PassAsync()).Damage);
    }

    [Fact]
    public async Task T32_a_record_that_was_changed_with_its_checksum_is_found()
    {
        Change(Path.Combine(_folder.Segments, "0000000002.seg"), bytes =>
        {
            var header = (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(Format.SegmentHeaderLength + 4));
            var frame = bytes.AsSpan(Format.SegmentHeaderLength + header);
            frame = frame[..Frame.TotalLengthAt(frame)];
            frame[40] ^= 1;
            Frame.Seal(frame);
        });
        await using var scrub = new Scrub(_ledger, _folder);
        Assert.NotEmpty((await scrub.PassAsync()).Damage);
    }

    [Fact]
    public async Task T38_a_batch_that_was_made_anew_with_its_digest_and_its_hash_is_found()
    {
        Change(Path.Combine(_folder.Segments, "0000000002.seg"), bytes =>
        {
            var at = Format.SegmentHeaderLength;
            var header = BatchHeader.Read(bytes.AsSpan(at), SegmentKind.Records, bytes.Length, out _)!;
            var frame = bytes.AsSpan(at + header.HeaderLength, header.BodyLength);
            frame[40] ^= 1;
            Frame.Seal(frame);
            (header with { FramesDigest = Hash256.Of(frame[..Format.FrameHeaderLength]) }).WriteTo(bytes.AsSpan(at));
        });
        await using var scrub = new Scrub(_ledger, _folder);
        var state = await scrub.PassAsync();
        Assert.Contains(state.Damage, finding => finding.Kind is FindingKind.ChainBroken or FindingKind.LogContradicted);
    }

    [Fact]
    public async Task T34_a_segment_that_is_gone_is_found()
    {
        File.Delete(Path.Combine(_folder.Vault, "0000000002.vlt"));
        await using var scrub = new Scrub(_ledger, _folder);
        Assert.Contains(
            (await scrub.PassAsync()).Damage, finding => finding.Kind == FindingKind.Unreadable && finding.File == "vault/0000000002.vlt");
    }

    [Fact]
    public async Task Payloads_that_are_removed_on_purpose_are_not_damage()
    {
        Assert.Null(_ledger.PrunePayloads(_ledger.FindLog(TestLedger.Origin)!, [.. Enumerable.Range(0, 200).Select(i => (ulong)i)]));
        await using var scrub = new Scrub(_ledger, _folder);
        Assert.Empty((await scrub.PassAsync()).Damage);
    }

    [Fact]
    public async Task A_stopped_pass_goes_on_where_it_was_and_nonsense_begins_it_again()
    {
        var place = Path.Combine(_folder.Options.DataFolder, "scrub.place");
        var began = _folder.Time.GetUtcNow();
        Change(Path.Combine(_folder.Segments, "0000000001.seg"), bytes => bytes[9_000] ^= 1);
        await File.WriteAllTextAsync(place, $"Records 2 {began:O}\n", Stop);
        await using (var later = new Scrub(_ledger, _folder))
            Assert.Empty((await later.PassAsync()).Damage);

        foreach (var nonsense in new[] { "", "Records 0 x", "Nothing 2 2026-01-01", "Records 2", new string('x', 5_000) })
        {
            await File.WriteAllTextAsync(place, nonsense, Stop);
            await using var anew = new Scrub(_ledger, _folder);
            Assert.NotEmpty((await anew.PassAsync()).Damage);
        }
    }

    [Fact]
    public async Task Reading_waits_for_its_rate()
    {
        var options = new ScrubOptions { BytesPerSecond = 64 * 1024, Interval = Day, Time = _folder.Time };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var scrubber = new LedgerScrubber(_ledger, options, _ => { });
        var run = scrubber.RunAsync(stop.Token);
        var began = _folder.Time.GetUtcNow();
        while (scrubber.State.LastPassEndedAt is null)
        {
            _folder.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
            Stop.ThrowIfCancellationRequested();
        }

        // Each segment has 256 KiB: at 64 KiB a second, four seconds; the first second is given.
        var least = TimeSpan.FromSeconds(4 * (double)scrubber.State.SealedSegments - 1);
        Assert.True(scrubber.State.LastPassEndedAt - began >= least, $"{scrubber.State.LastPassEndedAt - began} for {scrubber.State.SealedSegments} segments");
        await stop.CancelAsync();
        await run;
    }

    private static void Change(string file, Action<byte[]> change)
    {
        var bytes = File.ReadAllBytes(file);
        change(bytes);
        File.WriteAllBytes(file, bytes);
    }

    /// <summary>A scrubber that does a pass when it is told to.</summary>
    private sealed class Scrub : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly ConcurrentQueue<Finding> _told = new();
        private readonly LedgerScrubber _scrubber;
        private readonly TestLedger _folder;
        private readonly Task _run;

        public Scrub(MerkleLedger ledger, TestLedger folder)
        {
            _folder = folder;
            _scrubber = new LedgerScrubber(ledger, new ScrubOptions { BytesPerSecond = 1L << 40, Interval = Day, Time = folder.Time }, _told.Enqueue);
            _run = _scrubber.RunAsync(_stop.Token);
        }

        public IReadOnlyList<Finding> Told => [.. _told];

        public async Task<ScrubState> PassAsync()
        {
            var before = _scrubber.State.LastPassEndedAt;
            if (before is not null)
                _folder.Time.Advance(Day);
            while (_scrubber.State.LastPassEndedAt is not { } ended || ended == before)
            {
                await Task.Yield();
                Stop.ThrowIfCancellationRequested();
            }

            return _scrubber.State;
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _run;
            _stop.Dispose();
        }
    }
}
