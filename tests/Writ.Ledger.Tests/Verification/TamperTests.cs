using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Verification;

namespace Writ.Ledger.Tests.Verification;

/// <summary>A real folder of several segments, altered in one way each, must be found altered, and where it shows, named.</summary>
public sealed class TamperTests : IDisposable
{
    private const int Segment = 256 * 1024;
    private const int Records = 900;
    private const int Padding = 600;

    private readonly TestLedger _folder = new();

    public void Dispose() => _folder.Dispose();

    private async Task FillAsync()
    {
        await using var ledger = await _folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        var other = await TestLedger.LogAsync(ledger, "test.example/other");
        for (var i = 0; i < Records; i++)
        {
            var payload = i % 5 == 0 ? TestLedger.Record((ulong)i, 3000) : default;
            Assert.True((await ledger.AppendAsync(i % 4 == 3 ? other : log, TestLedger.Record((ulong)i, Padding), payload)).IsDurable);
        }
    }

    private Task<VerificationReport> VerifyAsync(Ed25519PublicKey? key = null) => LedgerVerifier.VerifyAsync(new VerificationOptions
    {
        DataFolder = _folder.Options.DataFolder,
        Checkpoints = _folder.Options.Checkpoints,
        Keys = [key ?? TestLedger.Key.PublicKey],
    });

    private string[] SegmentFiles => [.. Directory.GetFiles(_folder.Segments, "*.seg").Order(StringComparer.Ordinal)];

    /// <summary>Where the batches of a segment begin and how long they are with padding.</summary>
    private static List<(int Offset, int Length)> Batches(byte[] segment)
    {
        var batches = new List<(int, int)>();
        for (var at = 512; BitConverter.ToUInt32(segment, at) == 0x54414257;)
        {
            var length = (BitConverter.ToInt32(segment, at + 4) + BitConverter.ToInt32(segment, at + 8) + 511) & ~511;
            batches.Add((at, length));
            at += length;
        }

        return batches;
    }

    private async Task<VerificationReport> AssertCaughtAsync(params FindingKind[] kinds)
    {
        var report = await VerifyAsync();
        Assert.False(report.IsSound);
        Assert.Contains(report.Findings, f => kinds.Contains(f.Kind));
        return report;
    }

    [Fact]
    public async Task A_sound_folder_is_proved_up_to_its_checkpoint()
    {
        await FillAsync();
        var report = await VerifyAsync();
        Assert.Empty(report.Findings);
        Assert.True(report.IsSound);
        Assert.Equal((ulong)Records + 2, report.Records);
        Assert.Equal((ulong)Records / 5, report.Payloads);
        Assert.True(report.Segments >= 3);
        Assert.Equal(2, report.Logs.Count);
        Assert.All(report.Logs, l => Assert.True(l.IsProved && l.CheckpointSize == l.Size));
    }

    [Fact]
    public async Task T32_every_flipped_byte_is_found_wherever_it_lies()
    {
        await FillAsync();
        var random = new Random(7);
        foreach (var file in SegmentFiles.Concat(Directory.GetFiles(_folder.Vault, "*.vlt")))
        {
            var sound = File.ReadAllBytes(file);
            var lastUsed = sound.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
            for (var i = 0; i < 25; i++)
            {
                var at = i < 4 ? new[] { 0, 100, 509, sound.Length - 1 }[i] : random.Next(sound.Length);
                var altered = sound.ToArray();
                altered[at] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(file, altered);
                var report = await VerifyAsync();
                Assert.Contains(report.Findings, f => f.File.EndsWith(Path.GetFileName(file), StringComparison.Ordinal));
                // A byte in space that no batch ever used alters no record; it may pass for what a torn write left.
                Assert.True(!report.IsSound || at >= lastUsed, $"{file} byte {at}: " + string.Join("; ", report.Findings));
            }

            File.WriteAllBytes(file, sound);
        }

        Assert.True((await VerifyAsync()).IsSound);
    }

    [Fact]
    public async Task T32_a_record_altered_with_its_checksums_made_right_is_found()
    {
        await FillAsync();
        var file = SegmentFiles[1];
        var bytes = File.ReadAllBytes(file);
        var (offset, _) = Batches(bytes)[3];
        var header = BitConverter.ToInt32(bytes, offset + 4);
        var frame = offset + header;
        var length = BitConverter.ToInt32(bytes, frame + 4);
        bytes[frame + 12 + 5] ^= 1;
        BitConverter.TryWriteBytes(bytes.AsSpan(frame), Crypto.Hashing.Crc32C.Compute(bytes.AsSpan(frame + 4, 8 + length)));
        File.WriteAllBytes(file, bytes);
        var report = await AssertCaughtAsync(FindingKind.BatchDamaged);
        Assert.Contains(report.Findings, f => f.Offset == frame || f.Offset == offset + header);

        // And with the digest of the frames and the checksum of the header made right as well: then the root gives it away.
        var digest = Crypto.Hashing.Hash256.Of(bytes.AsSpan(frame, 12));
        digest.CopyTo(bytes.AsSpan(offset + 96));
        BitConverter.TryWriteBytes(bytes.AsSpan(frame - 4), Crypto.Hashing.Crc32C.Compute(bytes.AsSpan(offset, header - 4)));
        File.WriteAllBytes(file, bytes);
        await AssertCaughtAsync(FindingKind.LogContradicted);
        Assert.Equal(LedgerFaultKind.Damaged, (await _folder.RefusedAsync()).Kind);
    }

    [Fact]
    public async Task T33_two_records_never_share_a_hash()
    {
        using var folder = new TestLedger();
        await using var ledger = await folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        var first = await ledger.AppendAsync(log, "agent|x,read"u8.ToArray());
        var second = await ledger.AppendAsync(log, "agent,x|read"u8.ToArray());
        Assert.NotEqual(first.Leaf, second.Leaf);
        // Nor do two records laid end to end hash as one: the length is in the frame and the leaf is the record alone.
        var third = await ledger.AppendAsync(log, "agent|x,readagent,x|read"u8.ToArray());
        Assert.NotEqual(third.Leaf, Crypto.Hashing.MerkleHash.Node(first.Leaf, second.Leaf));
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("duplicate")]
    [InlineData("swap")]
    [InlineData("zero")]
    public async Task A_batch_dropped_duplicated_swapped_or_blanked_is_found(string how)
    {
        await FillAsync();
        var file = SegmentFiles[1];
        var bytes = File.ReadAllBytes(file);
        var batches = Batches(bytes);
        var (first, second) = (batches[2], batches[3]);
        byte[] a = bytes[first.Offset..(first.Offset + first.Length)], b = bytes[second.Offset..(second.Offset + second.Length)];
        byte[] before = bytes[..first.Offset], after = bytes[(second.Offset + second.Length)..];
        byte[] altered = how switch
        {
            "drop" => [.. before, .. b, .. after],
            "duplicate" => [.. before, .. a, .. a, .. b, .. after],
            "swap" => [.. before, .. b, .. a, .. after],
            _ => [.. before, .. new byte[first.Length], .. b, .. after],
        };
        Array.Resize(ref altered, Segment);
        File.WriteAllBytes(file, altered);
        await AssertCaughtAsync(how == "zero" ? FindingKind.BatchDamaged : FindingKind.ChainBroken);
        Assert.Equal(LedgerFaultKind.Damaged, (await _folder.RefusedAsync()).Kind);
    }

    [Fact]
    public async Task T34_a_deleted_segment_is_found_wherever_it_was()
    {
        await FillAsync();
        foreach (var (file, i) in SegmentFiles.Select((f, i) => (f, i)))
        {
            var bytes = File.ReadAllBytes(file);
            var used = bytes.AsSpan().ContainsAnyExcept((byte)0);
            File.Delete(file);
            var report = await VerifyAsync();
            Assert.Equal(!used, report.IsSound);
            File.WriteAllBytes(file, bytes);
        }

        Assert.True((await VerifyAsync()).IsSound);
    }

    [Fact]
    public async Task Segments_exchanged_with_each_other_are_found()
    {
        await FillAsync();
        var files = SegmentFiles;
        var (first, second) = (File.ReadAllBytes(files[0]), File.ReadAllBytes(files[1]));
        File.WriteAllBytes(files[0], second);
        File.WriteAllBytes(files[1], first);
        await AssertCaughtAsync(FindingKind.SegmentHeader, FindingKind.ChainBroken);
    }

    [Fact]
    public async Task T34_a_tail_cut_at_a_batch_is_found_by_the_checkpoint_alone()
    {
        await FillAsync();
        var file = SegmentFiles.Last(f => File.ReadAllBytes(f).AsSpan().ContainsAnyExcept((byte)0));
        var bytes = File.ReadAllBytes(file);
        var (offset, length) = Batches(bytes)[^1];
        bytes.AsSpan(offset, length).Clear();
        File.WriteAllBytes(file, bytes);
        var report = await VerifyAsync();
        var finding = Assert.Single(report.Findings);
        Assert.Equal(FindingKind.BehindCheckpoint, finding.Kind);
        Assert.Equal(LedgerFaultKind.RolledBack, (await _folder.RefusedAsync()).Kind);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Garbage_after_the_end_is_found_and_not_taken_for_a_torn_write(bool beyondTheFile)
    {
        await FillAsync();
        var file = SegmentFiles.Last(f => File.ReadAllBytes(f).AsSpan().ContainsAnyExcept((byte)0));
        var bytes = File.ReadAllBytes(file);
        var (offset, length) = Batches(bytes)[^1];
        var garbage = new byte[700];
        new Random(3).NextBytes(garbage);
        if (beyondTheFile)
            bytes = [.. bytes, .. garbage];
        else
            garbage.CopyTo(bytes, offset + length);
        File.WriteAllBytes(file, bytes);
        await AssertCaughtAsync(FindingKind.BytesAfterEnd, FindingKind.SegmentHeader);
        Assert.Equal(LedgerFaultKind.Damaged, (await _folder.RefusedAsync()).Kind);
    }

    [Fact]
    public async Task T38_a_history_signed_with_another_key_is_found()
    {
        using var forged = new TestLedger();
        using var key = Ed25519PrivateKey.Generate();
        forged.Options = forged.Options with { SigningKey = key };
        await using (var ledger = await forged.OpenAsync())
            await TestLedger.AppendAsync(ledger, await TestLedger.LogAsync(ledger), 5);
        async Task<VerificationReport> Verify(ICheckpointStore store, Ed25519PublicKey publicKey) =>
            await LedgerVerifier.VerifyAsync(new VerificationOptions { DataFolder = forged.Options.DataFolder, Checkpoints = store, Keys = [publicKey] });

        Assert.True((await Verify(forged.Options.Checkpoints, key.PublicKey)).IsSound);
        var report = await Verify(forged.Options.Checkpoints, TestLedger.Key.PublicKey);
        Assert.Equal(FindingKind.CheckpointInvalid, Assert.Single(report.Findings, f => f.IsViolation).Kind);

        // With our own kept checkpoint of the true history at hand, the data itself is contradicted.
        await FillAsync();
        report = await Verify(_folder.Options.Checkpoints, TestLedger.Key.PublicKey);
        Assert.Contains(report.Findings, f => f.Kind is FindingKind.BehindCheckpoint or FindingKind.CheckpointContradicted);
    }

    [Fact]
    public async Task T35_what_was_appended_first_stays_first_and_unaltered()
    {
        await FillAsync();
        await using var ledger = await _folder.OpenAsync();
        var log = ledger.FindLog(TestLedger.Origin)!;
        var (size, root, leaf) = (log.Head.Size, log.Head.Root, Crypto.Hashing.MerkleHash.Leaf(log.Read(7).Bytes.Span));
        var inclusion = log.ProveInclusion(7, size)!.ToArray();
        for (var i = 0; i < 300; i++)
            Assert.True((await ledger.AppendAsync(log, "{\"outcome\":\"amended\"}"u8.ToArray())).IsDurable);
        Assert.True(Ledger.Merkle.MerkleProof.VerifyInclusion(7, size, leaf, inclusion, root));
        Assert.True(Ledger.Merkle.MerkleProof.VerifyConsistency(
            size, log.Head.Size, root, log.Head.Root, log.ProveConsistency(size, log.Head.Size)!.ToArray()));
        Assert.True(Ledger.Merkle.MerkleProof.VerifyInclusion(
            7, log.Head.Size, leaf, log.ProveInclusion(7, log.Head.Size)!.ToArray(), log.Head.Root));
    }

    [Fact]
    public async Task T39_no_number_of_records_evicts_the_first()
    {
        using var folder = new TestLedger();
        await using var ledger = await folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        foreach (var some in Enumerable.Range(0, 20_000).Chunk(500))
            Assert.All(await Task.WhenAll(some.Select(_ => ledger.AppendAsync(log, TestLedger.Record(0)).AsTask())), r => Assert.True(r.IsDurable));
        Assert.Equal(20_000UL, log.Head.Size);
        Assert.Equal(TestLedger.Record(0), log.Read(0).Bytes.ToArray());
        Assert.True(Ledger.Merkle.MerkleProof.VerifyInclusion(
            0, 20_000, Crypto.Hashing.MerkleHash.Leaf(TestLedger.Record(0)), log.ProveInclusion(0, 20_000)!.ToArray(), log.Head.Root));
    }

    [Fact]
    public async Task Without_checkpoints_the_report_says_what_is_not_proved()
    {
        await FillAsync();
        var report = await LedgerVerifier.VerifyAsync(new VerificationOptions { DataFolder = _folder.Options.DataFolder });
        Assert.Equal(2, report.Findings.Count(f => f.Kind == FindingKind.CheckpointMissing));
        Assert.All(report.Logs, l => Assert.Null(l.CheckpointSize));
    }
}
