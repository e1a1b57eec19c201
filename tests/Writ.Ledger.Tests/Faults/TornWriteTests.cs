using System.Text;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Disks;
using Writ.Ledger.Segments;
using Writ.Ledger.Tests.Verifiers;
using Writ.Ledger.Verification;
using Writ.Testing;

namespace Writ.Ledger.Tests.Faults;

/// <summary>
/// The last group commit, of several records in two logs with their payloads, as power or a kill may leave it: cut at every byte, and with
/// every selection of its sectors. What was acknowledged is there, what was not is there whole or not at all, and nothing altered is accepted.
/// </summary>
public sealed class TornWriteTests
{
    private const string OtherOrigin = "test.example/other";
    private const string Segment = "segments/0000000001.seg";
    private const string Vault = "vault/0000000001.vlt";
    private const int Acknowledged = 3;
    private const int InLastBatch = 4;

    [Theory]
    [InlineData(Segment)]
    [InlineData(Vault)]
    public async Task A_write_that_is_cut_at_any_byte_loses_nothing_acknowledged_and_leaves_nothing_torn(string file)
    {
        var (before, after) = await WriteAsync();
        var (offset, length) = after.Batches(file)[^1];
        var written = after.Files[file].AsSpan(offset, length).LastIndexOfAnyExcept((byte)0) + 1;
        if (file == Segment)
            before.Files[Vault] = after.Files[Vault]; // the payloads are flushed first
        for (var cut = 0; cut <= length; cut++)
        {
            var torn = before.Copy();
            after.Files[file].AsSpan(offset, cut).CopyTo(torn.Files[file].AsSpan(offset));
            var whole = file == Segment && cut >= written;
            var problem = await ProblemAsync(torn, whole, goesOn: cut % 16 == 0);
            Assert.True(problem is null, $"cut at byte {cut} of {length}: {problem}");
        }
    }

    [Fact]
    public async Task The_very_first_write_of_a_folder_may_be_cut_at_any_byte()
    {
        using var folder = new TestLedger();
        // Closed before it is looked at: an open ledger makes its next segments in the background.
        await using (var ledger = await folder.OpenAsync())
            await TestLedger.LogAsync(ledger);
        var image = LedgerImage.Of(folder);
        var written = image.Files[Segment].AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        for (var cut = 0; cut <= written; cut++)
        {
            var torn = image.Copy();
            torn.Files[Segment].AsSpan(cut).Clear();
            var (opening, _) = await OpenAsync(torn);
            Assert.True(opening is LedgerOpening.Opened, $"cut at byte {cut}: {(opening as LedgerOpening.Refused)?.Fault}");
            await using var opened = ((LedgerOpening.Opened)opening).Ledger;
            Assert.Equal(cut == written ? 1 : 0, opened.Logs.Count);
        }
    }

    [Theory]
    [InlineData(Segment)]
    [InlineData(Vault)]
    public async Task The_sectors_of_a_write_may_come_in_any_order_and_any_of_them_be_missing(string file)
    {
        var (before, after) = await WriteAsync(padding: 300);
        var (offset, length) = after.Batches(file)[^1];
        var sectors = length / Format.Sector;
        Assert.InRange(sectors, 4, 12);
        if (file == Segment)
            before.Files[Vault] = after.Files[Vault];
        for (var there = 0; there < 1 << sectors; there++)
        {
            var torn = before.Copy();
            for (var sector = 0; sector < sectors; sector++)
            {
                if ((there >> sector & 1) != 0)
                    after.Files[file].AsSpan(offset + sector * Format.Sector, Format.Sector).CopyTo(torn.Files[file].AsSpan(offset + sector * Format.Sector));
            }

            var whole = file == Segment && there == (1 << sectors) - 1;
            var problem = await ProblemAsync(torn, whole, padding: 300);
            Assert.True(problem is null, $"sectors {there:b} of {sectors}: {problem}");
        }
    }

    [Fact]
    public async Task T34_no_byte_of_the_last_write_can_be_altered_and_none_be_cut_off_once_it_is_signed_for()
    {
        var (_, after) = await WriteAsync(sign: true);
        Assert.Null(await ProblemAsync(after, whole: true));
        foreach (var file in new[] { Segment, Vault })
        {
            var (offset, length) = after.Batches(file)[^1];
            for (var at = 0; at < length; at++)
            {
                var altered = after.Copy();
                altered.Files[file][offset + at] ^= 0x41;
                Assert.Equal("WRIT2025", await RefusalAsync(altered));
                if (!after.Files[file].AsSpan(offset + at, length - at).ContainsAnyExcept((byte)0))
                    continue;
                var cut = after.Copy();
                cut.Files[file].AsSpan(offset + at).Clear();
                var code = await RefusalAsync(cut);
                Assert.True(code is "WRIT2025" or "WRIT2026", $"{file} cut at byte {at}: {code ?? "it opens"}");
            }
        }
    }

    [Fact]
    public async Task The_verifiers_that_share_no_code_with_it_take_the_same_for_torn()
    {
        var (before, after) = await WriteAsync();
        var (offset, length) = after.Batches(Segment)[^1];
        before.Files[Vault] = after.Files[Vault];
        var scratch = Directory.CreateTempSubdirectory("writ-torn-");
        try
        {
            var (folders, checkpoints) = (new List<string>(), Path.Combine(scratch.FullName, "checkpoints"));
            foreach (var cut in new[] { 1, 4, 50, 200, 508, 511, 512, 513, 520, 600, 700, length - 200, length - 100, length - 1 }.Where(c => c < length))
            {
                var torn = before.Copy();
                after.Files[Segment].AsSpan(offset, cut).CopyTo(torn.Files[Segment].AsSpan(offset));
                folders.Add(Path.Combine(scratch.FullName, $"cut-{cut}"));
                torn.WriteTo(folders[^1], checkpoints);
                Assert.True((await LedgerVerifier.VerifyAsync(new VerificationOptions { DataFolder = folders[^1], Checkpoints = new CheckpointFolder(checkpoints), Keys = [TestLedger.Key.PublicKey] })).IsSound);
            }

            var key = Convert.ToBase64String(TestLedger.Key.PublicKey.Bytes);
            foreach (var verifier in new[] { OtherVerifier.Python, OtherVerifier.JavaScript })
            {
                var answers = await verifier.VerifyAsync(folders, key, checkpoints, TestContext.Current.CancellationToken);
                Assert.All(answers.Zip(folders), a => Assert.True(a.First.Sound, $"{verifier.Name}, {a.Second}: {string.Join(", ", a.First.Violations)}"));
            }
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    /// <summary>Three acknowledged records, then four in one group commit; the folder before that commit reached the disk, and after.</summary>
    private static async Task<(LedgerImage Before, LedgerImage After)> WriteAsync(int padding = 0, bool sign = false)
    {
        var disk = new FaultyDisk();
        using var folder = new TestLedger();
        folder.Options = folder.Options with { Disk = disk };
        await using var ledger = await folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        var other = await TestLedger.LogAsync(ledger, OtherOrigin);
        for (var i = 0UL; i < Acknowledged - 1; i++)
            Assert.True((await ledger.AppendAsync(log, TestLedger.Record(i, padding), Payload(i, padding))).IsDurable);
        Assert.IsType<CheckpointSigning.Done>(ledger.SignCheckpoint(log));

        // While one is being flushed the others queue up, and go together then.
        using var gate = new ManualResetEventSlim();
        disk.Fails = (op, path) =>
        {
            if (op == "fdatasync" && path.EndsWith(".seg", StringComparison.Ordinal))
                gate.Wait();
            return null;
        };
        var held = ledger.AppendAsync(log, TestLedger.Record(Acknowledged - 1, padding), Payload(Acknowledged - 1, padding)).AsTask();
        while (ledger.QueueDepth > 0)
            await Task.Yield();
        var first = ledger.AppendAsync(log, TestLedger.Record(Acknowledged, padding), Payload(Acknowledged, padding)).AsTask();
        while (ledger.QueueDepth > 0)
            await Task.Yield();
        var together = Enumerable.Range(1, InLastBatch)
            .Select(i => ledger.AppendAsync(i % 2 == 0 ? other : log, TestLedger.Record((ulong)(Acknowledged + i), padding), Payload((ulong)(Acknowledged + i), padding)).AsTask()).ToArray();
        gate.Set();
        Assert.True((await held).IsDurable && (await first).IsDurable);
        Assert.All(await Task.WhenAll(together), result => Assert.True(result.IsDurable));
        if (sign)
        {
            Assert.IsType<CheckpointSigning.Done>(ledger.SignCheckpoint(log));
            Assert.IsType<CheckpointSigning.Done>(ledger.SignCheckpoint(other));
        }

        var after = LedgerImage.Of(folder);
        var before = after.Copy();
        foreach (var file in new[] { Segment, Vault })
        {
            var (offset, length) = after.Batches(file)[^1];
            Assert.Equal(InLastBatch, BitConverter.ToInt32(after.Files[file], offset + 12));
            before.Files[file].AsSpan(offset, length).Clear();
        }

        return (before, after);
    }

    private static byte[] Payload(ulong i, int padding = 0) => Encoding.ASCII.GetBytes($"payload {i} {new string('p', 40 + padding)}");

    private static async Task<(LedgerOpening Opening, SimulatedDisk Disk)> OpenAsync(LedgerImage image)
    {
        var disk = new SimulatedDisk(new Random(1));
        foreach (var (name, bytes) in image.Files)
        {
            var path = name.StartsWith(LedgerImage.Checkpoints, StringComparison.Ordinal) ? $"/config/{Path.GetFileName(name)}" : $"/data/{name}";
            Assert.True(disk.TryOpen(path, DiskAccess.Create, out var file, out _));
            using (file)
                Assert.Null(file.Write(0, bytes));
        }

        using var folder = new TestLedger();
        return (await MerkleLedger.OpenAsync(folder.Options with { Disk = disk, DataFolder = "/data", Checkpoints = new CheckpointFolder("/config", disk) }), disk);
    }

    private static async Task<string?> RefusalAsync(LedgerImage image)
    {
        var (opening, _) = await OpenAsync(image);
        if (opening is not LedgerOpening.Opened opened)
            return ((LedgerOpening.Refused)opening).Fault.Code;
        await opened.Ledger.CloseAsync();
        return null;
    }

    /// <summary>What is wrong with the folder once it is opened again; null when it holds exactly what it should.</summary>
    private static async Task<string?> ProblemAsync(LedgerImage image, bool whole, int padding = 0, bool goesOn = true)
    {
        var (opening, disk) = await OpenAsync(image);
        if (opening is not LedgerOpening.Opened opened)
            return ((LedgerOpening.Refused)opening).Fault.ToString();
        await using var ledger = opened.Ledger;
        var (log, other) = (ledger.FindLog(TestLedger.Origin)!, ledger.FindLog(OtherOrigin)!);
        var (size, others) = whole ? (Acknowledged + 1 + InLastBatch / 2, InLastBatch / 2) : (Acknowledged + 1, 0);
        if ((log.Head.Size, other.Head.Size) != ((ulong)size, (ulong)others))
            return $"{log.Head.Size} and {other.Head.Size} records";
        for (var i = 0UL; i < (ulong)size; i++)
        {
            var number = i <= Acknowledged ? i : Acknowledged + 1 + 2 * (i - Acknowledged - 1);
            if (!log.Read(i).Bytes.Span.SequenceEqual(TestLedger.Record(number, padding)) || !log.ReadPayload(i).Bytes.Span.SequenceEqual(Payload(number, padding)))
                return $"record {i} is not what was written";
        }

        if (!goesOn)
            return null;
        var appended = await ledger.AppendAsync(log, TestLedger.Record(99), Payload(99));
        if (!appended.IsDurable || appended.Index != (ulong)size)
            return $"the next record: {appended.Fault}";
        await ledger.CloseAsync();
        var report = await LedgerVerifier.VerifyAsync(new VerificationOptions { DataFolder = "/data", Checkpoints = new CheckpointFolder("/config", disk), Keys = [TestLedger.Key.PublicKey], Disk = disk });
        return report.Findings.Count == 0 ? null : string.Join("; ", report.Findings);
    }
}
