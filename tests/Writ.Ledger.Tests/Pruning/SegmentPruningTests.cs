using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;
using Writ.Ledger.Backups;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Merkle;
using Writ.Ledger.Pruning;
using Writ.Ledger.Segments;
using Writ.Ledger.Tiles;
using Writ.Ledger.Verification;
using Writ.Testing;

namespace Writ.Ledger.Tests.Pruning;

/// <summary>Records past their retention go with their segment; hashes, roots, proofs and checkpoints stay, and nothing else can go unnoticed.</summary>
public sealed class SegmentPruningTests : IDisposable
{
    private const int Records = 1_500;
    private const string Other = "test.example/other";
    private static readonly string[] Recorded = ["test.example/control 17"];
    private readonly TestLedger _folder = new();
    private ulong _pruned;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Note => Path.Combine(_folder.Options.DataFolder, "segments.pruned");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_note_that_could_not_be_read_again_prunes_nothing()
    {
        await FillAsync();
        await using var ledger = await _folder.OpenAsync();
        var files = Directory.GetFiles(_folder.Segments).Length;
        Assert.NotNull(ledger.PruneSegments(Limits(ledger, 800), [.. Enumerable.Repeat(new string('x', 1 << 20), 17)]));
        Assert.Equal(files, Directory.GetFiles(_folder.Segments).Length);
        Assert.False(File.Exists(Note));
    }

    [Fact]
    public async Task Pruned_records_are_gone_and_everything_that_follows_from_their_hashes_is_as_before()
    {
        await FillAsync();
        List<(string, LogHead)> heads;
        await using (var ledger = await _folder.OpenAsync())
        {
            heads = [.. ledger.Logs.Select(l => (l.Origin, l.Head)).Order()];
            var log = ledger.FindLog(TestLedger.Origin)!;
            var leaf = MerkleHash.Leaf(log.Read(3).Bytes.Span);
            var plan = ledger.PlanPruning(Limits(ledger, 800));
            Assert.True(plan.LastSegment >= 2);
            _pruned = plan.LastSegment;
            Assert.Equal([TestLedger.Origin, Other], plan.Parts.Select(p => p.Log.Origin).Order(StringComparer.Ordinal));
            Assert.All(plan.Parts, part => Assert.True(part.From == 0 && part.To <= 800 && part.Root == part.Log.RootAt(part.To)));
            Assert.Null(ledger.PruneSegments(Limits(ledger, 800), Recorded));
            Check(ledger, plan.Parts.Single(p => p.Log == log).To, leaf);
            await TestLedger.AppendAsync(ledger, log, 1, 600);
        }

        Assert.Equal(SegmentFile(_pruned + 1), Directory.GetFiles(_folder.Segments).Order().First());
        var report = await VerifyAsync();
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
        Assert.Equal(Recorded, report.PruningRecords);
        await OthersAgreeAsync(isSound: true);
        await using var again = await _folder.OpenAsync();
        var reopened = again.FindLog(TestLedger.Origin)!;
        Assert.Equal(report.Logs.Single(l => l.Origin == TestLedger.Origin).Log.MinimumIndex, reopened.MinimumIndex);
        Check(again, reopened.MinimumIndex, MerkleHash.Leaf(TestLedger.Record(3, 600)));
        Assert.Equal(heads.Single(h => h.Item1 == Other).Item2, again.FindLog(Other)!.Head);

        static void Check(MerkleLedger ledger, ulong minimum, Hash256 leaf)
        {
            var log = ledger.FindLog(TestLedger.Origin)!;
            Assert.Equal(minimum, log.MinimumIndex);
            Assert.Equal(LedgerFaultKind.RecordPruned, log.Read(minimum - 1).Fault!.Kind);
            Assert.Equal(TestLedger.Record(minimum, 600), log.Read(minimum).Bytes.ToArray());
            using (var all = log.ReadFrom())
                Assert.True(!all.MoveNext() && all.Fault!.Kind == LedgerFaultKind.RecordPruned);
            using (var rest = log.ReadFrom(minimum))
                Assert.True(rest.MoveNext() && rest.Current.Index == minimum);
            var head = log.Head;
            Assert.True(MerkleProof.VerifyInclusion(3, head.Size, leaf, [.. log.ProveInclusion(3, head.Size)!], head.Root));
            for (var from = 1UL; from < head.Size; from += 101)
                Assert.True(MerkleProof.VerifyConsistency(from, head.Size, log.RootAt(from)!.Value, head.Root, [.. log.ProveConsistency(from, head.Size)!]));

            // C2SP tlog-tiles, "Pruning": bundles up to the minimum index may be refused, hash tiles may not.
            var tiles = new LogTiles(log);
            Assert.Equal(LedgerFaultKind.RecordPruned, tiles.Read(TilePath.Entries(0), head.Size).Fault!.Kind);
            Assert.True(tiles.Read(TilePath.Entries(minimum / 256 + 1), head.Size).IsFound);
            Assert.True(tiles.Read(TilePath.Hashes(0, 0), head.Size).IsFound);
            Assert.True(tiles.Read(TilePath.Hashes(1, 0, 3), head.Size).IsFound);
        }
    }

    [Fact]
    public async Task A_segment_stays_while_one_record_in_it_has_to()
    {
        await FillAsync();
        await using var ledger = await _folder.OpenAsync();
        var limits = Limits(ledger, 800);
        Assert.Equal(0UL, ledger.PlanPruning(new Dictionary<string, ulong> { [TestLedger.Origin] = 800 }).LastSegment);
        limits[Other] = 0;
        Assert.Equal(0UL, ledger.PlanPruning(limits).LastSegment);
        Assert.Null(ledger.PruneSegments(limits, Recorded));
        Assert.False(File.Exists(Note));

        // What no signed checkpoint covers stays, and so does the segment that is not full.
        await TestLedger.AppendAsync(ledger, ledger.FindLog(TestLedger.Origin)!, 1_000, 600);
        Assert.True(ledger.PlanPruning(Limits(ledger, ulong.MaxValue)).Parts.All(part => part.To <= ledger.LastCheckpoint(part.Log)!.Checkpoint.Size));
    }

    [Fact]
    public async Task T34_a_segment_that_goes_without_a_note_is_missed()
    {
        await FillAsync();
        File.Delete(Path.Combine(_folder.Segments, "0000000001.seg"));
        Assert.Equal(LedgerFaultKind.SegmentMissing, (await _folder.RefusedAsync()).Kind);
        Assert.Contains((await VerifyAsync()).Findings, f => f.Kind == FindingKind.SegmentMissing && f.IsViolation);
    }

    [Theory]
    [InlineData("one segment more")]
    [InlineData("a changed note")]
    [InlineData("a note of a stranger")]
    [InlineData("a note of another ledger")]
    [InlineData("changed hashes")]
    [InlineData("no hashes")]
    public async Task T34_T38_what_goes_beside_the_pruned_is_missed(string what)
    {
        await PrunedAsync();
        switch (what)
        {
            case "one segment more":
                File.Delete(SegmentFile(_pruned + 1));
                break;
            case "a changed note":
                await File.WriteAllTextAsync(Note, (await File.ReadAllTextAsync(Note, Stop)).Replace($"\n{_pruned}\n", $"\n{_pruned + 1}\n", StringComparison.Ordinal), Stop);
                break;
            case "a note of a stranger":
                using (var stranger = Ed25519PrivateKey.Generate())
                    Assert.Null(new PruningNote(LedgerIdHex(), _pruned + 1, Recorded).Write(_folder.Options.Disk, _folder.Options.DataFolder, stranger));
                break;
            case "a note of another ledger":
                Assert.Null(new PruningNote(new string('0', 32), _pruned, Recorded).Write(_folder.Options.Disk, _folder.Options.DataFolder, TestLedger.Key));
                break;
            case "changed hashes":
                var file = Path.Combine(_folder.Options.DataFolder, "hashes", "0000000001.seg.hashes");
                var bytes = await File.ReadAllBytesAsync(file, Stop);
                bytes[^200] ^= 1;
                await File.WriteAllBytesAsync(file, bytes, Stop);
                break;
            default:
                File.Delete(Path.Combine(_folder.Options.DataFolder, "hashes", "0000000002.seg.hashes"));
                break;
        }

        Assert.Contains((await _folder.RefusedAsync()).Kind, new[] { LedgerFaultKind.SegmentMissing, LedgerFaultKind.PruningUnproved });
        Assert.False((await VerifyAsync()).IsSound);
        await OthersAgreeAsync(isSound: false);
    }

    [Fact]
    public async Task Without_a_key_what_was_pruned_hangs_together_and_who_pruned_it_stays_open()
    {
        await PrunedAsync();
        var report = await LedgerVerifier.VerifyAsync(new VerificationOptions { DataFolder = _folder.Options.DataFolder });
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
        Assert.Contains(report.Findings, f => f.Kind == FindingKind.PruningUnsigned);
    }

    [Fact]
    public async Task A_crash_between_the_note_and_the_last_segment_loses_nothing_and_is_made_good_by_asking_again()
    {
        await FillAsync();
        var all = Directory.GetFiles(_folder.Segments).ToDictionary(file => file, File.ReadAllBytes);
        await PruneAsync();
        var last = SegmentFile(_pruned);
        await File.WriteAllBytesAsync(last, all[last], Stop);
        Assert.True((await VerifyAsync()).IsSound);
        await using (var ledger = await _folder.OpenAsync())
        {
            var log = ledger.FindLog(TestLedger.Origin)!;
            Assert.True(log.Read(log.MinimumIndex).IsFound);
            await KeptAsync(ledger);
            Assert.Null(ledger.PruneSegments(Limits(ledger, 800), Recorded));
        }

        Assert.False(File.Exists(last));
        Assert.True((await VerifyAsync()).IsSound);
    }

    [Fact]
    public async Task A_copy_of_a_pruned_ledger_is_as_sound_as_the_ledger()
    {
        await PrunedAsync();
        var target = Path.Combine(_folder.Options.DataFolder, "copy");
        Assert.Null(LedgerCopy.Copy(_folder.Options.DataFolder, target, Stop));
        var report = await VerifyAsync(target);
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
        Assert.True(report.Logs.Single(l => l.Origin == TestLedger.Origin).Log.MinimumIndex > 0);
        File.Delete(Path.Combine(target, "segments.pruned"));
        Assert.False((await VerifyAsync(target)).IsSound);
    }

    [Fact]
    public async Task A_ledger_that_continues_pruned_logs_under_other_names_has_their_roots()
    {
        await PrunedAsync();
        var report = await VerifyAsync();
        using var next = new TestLedger();
        Assert.Null(PrunedBeginning.Write(next.Options, [.. report.Logs.Select(l => (l.Log, "new." + l.Origin))], Recorded));
        await using (var ledger = await next.OpenAsync())
        {
            foreach (var source in report.Logs)
            {
                var log = await TestLedger.LogAsync(ledger, "new." + source.Origin);
                Assert.Equal(source.Log.MinimumIndex, log.Head.Size);
                using var records = source.Log.ReadFrom(source.Log.MinimumIndex);
                while (records.MoveNext())
                    Assert.True((await ledger.AppendAsync(log, records.Current.Bytes)).IsDurable);
                Assert.Equal(source.Log.Head, log.Head);
                Assert.Equal(LedgerFaultKind.RecordPruned, log.Read(0).Fault!.Kind);
            }
        }

        await using var again = await next.OpenAsync();
        Assert.Equal(report.Logs.Select(l => l.Root), report.Logs.Select(l => again.FindLog("new." + l.Origin)!.Head.Root));
        var copy = await LedgerVerifier.VerifyAsync(new VerificationOptions { DataFolder = next.Options.DataFolder, Checkpoints = next.Options.Checkpoints, Keys = [TestLedger.Key.PublicKey] });
        Assert.True(copy.IsSound, string.Join('\n', copy.Findings));
    }

    private static Dictionary<string, ulong> Limits(MerkleLedger ledger, ulong limit) =>
        ledger.Logs.ToDictionary(log => log.Origin, _ => limit, StringComparer.Ordinal);

    private Task<VerificationReport> VerifyAsync(string? folder = null) => LedgerVerifier.VerifyAsync(
        new VerificationOptions { DataFolder = folder ?? _folder.Options.DataFolder, Checkpoints = _folder.Options.Checkpoints, Keys = [TestLedger.Key.PublicKey] });

    /// <summary>Those that share no code with this one say the same.</summary>
    private async Task OthersAgreeAsync(bool isSound)
    {
        var key = Convert.ToBase64String(TestLedger.Key.PublicKey.Bytes);
        foreach (var other in new[] { OtherVerifier.Python, OtherVerifier.JavaScript })
            Assert.All(await other.VerifyAsync([_folder.Options.DataFolder], key, cancellation: Stop), answer => Assert.True(answer.Sound == isSound, $"{other.Name}: {string.Join(", ", answer.Violations)}"));
    }

    private string SegmentFile(ulong number) => Path.Combine(_folder.Segments, $"{number:D10}.seg");

    private string LedgerIdHex() => File.ReadAllLines(Note)[1];

    private async Task PrunedAsync()
    {
        await FillAsync();
        await PruneAsync();
    }

    private async Task PruneAsync()
    {
        await using var ledger = await _folder.OpenAsync();
        Assert.Null(ledger.PruneSegments(Limits(ledger, 800), Recorded));
        Assert.True(ledger.PrunedSegments >= 2);
        _pruned = ledger.PrunedSegments;
    }

    private async Task FillAsync()
    {
        await using var ledger = await _folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        var other = await TestLedger.LogAsync(ledger, Other);
        var pending = new List<Task<AppendResult>>();
        for (var i = 0; i < Records; i++)
        {
            pending.Add(ledger.AppendAsync(log, TestLedger.Record((ulong)i, 600), cancellationToken: Stop).AsTask());
            if (i % 3 == 0)
                pending.Add(ledger.AppendAsync(other, TestLedger.Record((ulong)i), cancellationToken: Stop).AsTask());
            if (i % 10 == 9)
                await Task.WhenAll(pending);
        }

        Assert.All(await Task.WhenAll(pending), result => Assert.True(result.IsDurable));
        await KeptAsync(ledger);
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
}
