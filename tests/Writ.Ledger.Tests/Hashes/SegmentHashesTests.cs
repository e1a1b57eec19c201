using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;
using Writ.Ledger.Disks;
using Writ.Ledger.Hashes;
using Writ.Ledger.Merkle;
using Writ.Ledger.Recovery;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Tests.Hashes;

/// <summary>The hashes of full segments spare an opening the reading and a proof the records; nothing is believed because of them that the bytes would not say.</summary>
public sealed class SegmentHashesTests : IDisposable
{
    private const int Records = 1_500;
    private readonly TestLedger _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Hashes => Path.Combine(_folder.Options.DataFolder, "hashes");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_untouched_full_segment_is_not_read_again_and_everything_is_as_if_it_had_been()
    {
        var heads = await FillAsync();
        var opened = await _folder.OpenReportedAsync();
        await using var ledger = opened.Ledger;
        Assert.Equal(ledger.SealedSegments(SegmentKind.Records) + ledger.SealedSegments(SegmentKind.Vault), (ulong)opened.Report.Unread);
        Assert.True(opened.Report.Unread >= 6);
        Assert.Empty(opened.Report.RefusedHashes);
        Assert.Equal(heads, ledger.Logs.Select(log => (log.Origin, log.Head)).Order());

        var log = ledger.FindLog(TestLedger.Origin)!;
        TestLedger.AssertRecords(log, Records, 600);
        Assert.Equal(new byte[700], log.ReadPayload(4).Bytes.ToArray());
        await TestLedger.AppendAsync(ledger, log, 3, 600);
        Assert.True((await MerkleLedger.OpenAsync(_folder.Options)) is LedgerOpening.Refused { Fault.Kind: LedgerFaultKind.FolderInUse });
    }

    [Fact]
    public async Task Every_proof_out_of_hashes_is_the_proof_out_of_records()
    {
        await FillAsync();
        await using var ledger = await _folder.OpenAsync();
        foreach (var log in ledger.Logs)
        {
            var size = log.Head.Size;
            for (var index = 0UL; index < size; index++)
            {
                var leaf = MerkleHash.Leaf(log.Read(index).Bytes.Span);
                Assert.True(MerkleProof.VerifyInclusion(index, size, leaf, [.. log.ProveInclusion(index, size)!], log.Head.Root));
            }

            for (var from = 1UL; from < size; from += 37)
                Assert.True(MerkleProof.VerifyConsistency(from, size, log.RootAt(from)!.Value, log.Head.Root, [.. log.ProveConsistency(from, size)!]));
        }
    }

    [Theory]
    [InlineData("segments", "0000000002.seg", 70_000)]
    [InlineData("segments", "0000000001.seg", 4_000)]
    [InlineData("vault", "0000000002.vlt", 70_000)]
    public async Task T32_a_full_segment_that_somebody_touched_is_read_whatever_its_hashes_say(string family, string name, int offset)
    {
        await FillAsync();
        Change(Path.Combine(_folder.Options.DataFolder, family, name), bytes => bytes[offset] ^= 1);
        Assert.Equal(LedgerFaultKind.Damaged, (await _folder.RefusedAsync()).Kind);
    }

    [Fact]
    public async Task T34_a_full_segment_that_is_gone_is_missed_whatever_its_hashes_say()
    {
        await FillAsync();
        File.Delete(Path.Combine(_folder.Segments, "0000000002.seg"));
        Assert.Equal(LedgerFaultKind.SegmentMissing, (await _folder.RefusedAsync()).Kind);
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(700, false)]
    [InlineData(-1, false)]
    [InlineData(-3_000, false)]
    [InlineData(0, true)]
    public async Task T87_hashes_that_were_changed_or_signed_by_another_key_are_refused_and_kept_and_the_segment_is_read(int at, bool resign)
    {
        var heads = await FillAsync();
        var file = Path.Combine(Hashes, "0000000002.seg.hashes");
        if (resign)
        {
            using var stranger = Ed25519PrivateKey.Generate();
            await File.WriteAllBytesAsync(file, Scanned(out var stamp) is var segment ? SegmentHashes.Write(segment, stamp, stranger) : [], Stop);
        }
        else
        {
            Change(file, bytes => bytes[at < 0 ? bytes.Length + at : at] ^= 1);
        }

        var opened = await _folder.OpenReportedAsync();
        await using var ledger = opened.Ledger;
        Assert.Equal([file], opened.Report.RefusedHashes);
        Assert.True(File.Exists(file + ".refused"));
        Assert.Equal(heads, ledger.Logs.Select(log => (log.Origin, log.Head)).Order());
        await KeptAsync(ledger);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task Hashes_of_another_segment_under_its_name_are_refused()
    {
        await FillAsync();
        File.Copy(Path.Combine(Hashes, "0000000001.seg.hashes"), Path.Combine(Hashes, "0000000002.seg.hashes"), overwrite: true);
        var opened = await _folder.OpenReportedAsync();
        await using var ledger = opened.Ledger;
        Assert.Single(opened.Report.RefusedHashes);
    }

    [Fact]
    public async Task Hashes_that_change_under_a_running_ledger_make_no_wrong_proof()
    {
        await FillAsync();
        await using var ledger = await _folder.OpenAsync();
        var log = ledger.FindLog(TestLedger.Origin)!;
        foreach (var file in Directory.GetFiles(Hashes))
            await File.WriteAllBytesAsync(file, new byte[new FileInfo(file).Length], Stop);
        Assert.True(MerkleProof.VerifyInclusion(5, Records, MerkleHash.Leaf(log.Read(5).Bytes.Span), [.. log.ProveInclusion(5, Records)!], log.Head.Root));
        Directory.Delete(Hashes, recursive: true);
        Assert.True(MerkleProof.VerifyInclusion(300, Records, MerkleHash.Leaf(log.Read(300).Bytes.Span), [.. log.ProveInclusion(300, Records)!], log.Head.Root));
    }

    [Fact]
    public async Task Payloads_that_are_removed_are_known_as_removed_after_the_next_opening()
    {
        await FillAsync();
        await using (var ledger = await _folder.OpenAsync())
        {
            Assert.Null(ledger.PrunePayloads(ledger.FindLog(TestLedger.Origin)!, [3UL, 4UL]));
            await KeptAsync(ledger);
        }

        await using var again = await _folder.OpenAsync();
        Assert.Equal(LedgerFaultKind.PayloadPruned, again.FindLog(TestLedger.Origin)!.ReadPayload(4).Fault!.Kind);
        Assert.True(again.FindLog(TestLedger.Origin)!.ReadPayload(5).IsFound);
    }

    [Fact]
    public async Task A_key_that_went_still_vouches_for_what_it_signed()
    {
        var heads = await FillAsync();
        using var next = Ed25519PrivateKey.Generate();
        _folder.Options = _folder.Options with { SigningKey = next, PreviousKeys = [TestLedger.Key.PublicKey] };
        var opened = await _folder.OpenReportedAsync();
        await using var ledger = opened.Ledger;
        Assert.True(opened.Report.Unread >= 6);
        Assert.Equal(heads, ledger.Logs.Select(log => (log.Origin, log.Head)).Order());
    }

    /// <summary>Two logs in several full segments of both families, with several logs in many batches, whose hashes are kept.</summary>
    private async Task<IEnumerable<(string, LogHead)>> FillAsync()
    {
        await using var ledger = await _folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        var other = await TestLedger.LogAsync(ledger, "test.example/other");
        var pending = new List<Task<AppendResult>>();
        for (var i = 0; i < Records; i++)
        {
            pending.Add(ledger.AppendAsync(log, TestLedger.Record((ulong)i, 600), new byte[700], cancellationToken: Stop).AsTask());
            if (i % 3 == 0)
                pending.Add(ledger.AppendAsync(other, TestLedger.Record((ulong)i), cancellationToken: Stop).AsTask());
            if (i % 10 == 9)
                await Task.WhenAll(pending);
        }

        Assert.All(await Task.WhenAll(pending), result => Assert.True(result.IsDurable));
        await KeptAsync(ledger);
        return ledger.Logs.Select(l => (l.Origin, l.Head)).Order().ToList();
    }

    private async Task KeptAsync(MerkleLedger ledger)
    {
        while (ledger.WithoutHashes > 0)
        {
            _folder.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
            Stop.ThrowIfCancellationRequested();
        }
    }

    private ScannedSegment Scanned(out FileStamp stamp)
    {
        var records = new SegmentFolder(PosixDisk.Instance, _folder.Options.DataFolder, SegmentKind.Records);
        Assert.True(PosixDisk.Instance.TryOpen(records.PathOf(2), DiskAccess.Read, out var file, out _));
        using (file)
            stamp = file.Stamp!.Value;
        using var scanner = new SegmentScanner(records);
        return scanner.Scan(2);
    }

    private static void Change(string file, Action<byte[]> change)
    {
        var bytes = File.ReadAllBytes(file);
        change(bytes);
        File.WriteAllBytes(file, bytes);
    }
}
