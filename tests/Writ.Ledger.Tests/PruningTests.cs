using Writ.Ledger.Verification;
using Writ.Testing;

namespace Writ.Ledger.Tests;

/// <summary>Payloads are removed from the disk; everything else stays as it was.</summary>
public sealed class PruningTests
{
    private static readonly byte[] Secret = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("sealed secret ", 40)));

    [Fact]
    public async Task A_pruned_payload_is_in_no_file_and_every_other_and_every_proof_is_there()
    {
        using var folder = new TestLedger();
        await using (var ledger = await folder.OpenAsync())
        {
            var (log, other) = (await TestLedger.LogAsync(ledger), await TestLedger.LogAsync(ledger, "test.example/other"));
            for (var i = 0; i < 40; i++)
            {
                await ledger.AppendAsync(log, TestLedger.Record((ulong)i), PayloadOf(i));
                await ledger.AppendAsync(other, TestLedger.Record((ulong)i), PayloadOf(1_000 + i));
            }

            var root = log.Head.Root;
            Assert.Null(ledger.PrunePayloads(log, [0, 1, 7, 39, 4_000]));
            Assert.Null(ledger.PrunePayloads(log, [1, 2]));
            Check(log, other);
            await ledger.AppendAsync(log, TestLedger.Record(40), PayloadOf(40));
            Check(log, other);
            Assert.Equal(root, log.RootAt(40));
        }

        foreach (var index in new[] { 0, 1, 2, 7, 39 })
            Assert.All(Directory.GetFiles(folder.Vault), file => Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(PayloadOf(index)) < 0));
        var report = await LedgerVerifier.VerifyAsync(new VerificationOptions { DataFolder = folder.Options.DataFolder, Checkpoints = folder.Options.Checkpoints, Keys = [TestLedger.Key.PublicKey] });
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
        Assert.Equal([0, 1, 2, 7, 39], report.Logs.Single(l => l.Origin == TestLedger.Origin).PrunedPayloads);
        Assert.Empty(report.Logs.Single(l => l.Origin != TestLedger.Origin).PrunedPayloads);

        // Those that share no code with it know what was removed on purpose from what was damaged.
        var key = Convert.ToBase64String(TestLedger.Key.PublicKey.Bytes);
        foreach (var other in new[] { OtherVerifier.Python, OtherVerifier.JavaScript })
            Assert.All(await other.VerifyAsync([folder.Options.DataFolder], key, cancellation: TestContext.Current.CancellationToken), answer => Assert.True(answer.Sound, string.Join(", ", answer.Violations)));

        await using var again = await folder.OpenAsync();
        Check(again.FindLog(TestLedger.Origin)!, again.FindLog("test.example/other")!);
        TestLedger.AssertRecords(again.FindLog(TestLedger.Origin)!, 41);

        static void Check(LogicalLog log, LogicalLog other)
        {
            for (var i = 0; i < 40; i++)
            {
                var read = log.ReadPayload((ulong)i);
                if (i is 0 or 1 or 2 or 7 or 39)
                    Assert.Equal(LedgerFaultKind.PayloadPruned, read.Fault!.Kind);
                else
                    Assert.Equal(PayloadOf(i), read.Bytes.ToArray());
                Assert.Equal(PayloadOf(1_000 + i), other.ReadPayload((ulong)i).Bytes.ToArray());
            }
        }
    }

    [Fact]
    public async Task A_payload_that_somebody_overwrote_otherwise_is_damage()
    {
        using var folder = new TestLedger();
        await using (var ledger = await folder.OpenAsync())
        {
            var log = await TestLedger.LogAsync(ledger);
            await ledger.AppendAsync(log, TestLedger.Record(0), PayloadOf(0));
            await ledger.AppendAsync(log, TestLedger.Record(1), PayloadOf(1));
            Assert.Null(ledger.PrunePayloads(log, [0]));
        }

        var file = Directory.GetFiles(folder.Vault).Order().First();
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var at = bytes.AsSpan().IndexOf("PRUNED BY WRIT. PRUNED BY WRIT. "u8);
        Assert.True(at > 0);
        bytes[at + 3] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        Assert.Contains((await LedgerVerifier.VerifyAsync(new VerificationOptions { DataFolder = folder.Options.DataFolder })).Findings, f => f.Kind == FindingKind.BatchDamaged);
        Assert.Equal(LedgerFaultKind.Damaged, (await folder.RefusedAsync()).Kind);
        foreach (var other in new[] { OtherVerifier.Python, OtherVerifier.JavaScript })
            Assert.All(await other.VerifyAsync([folder.Options.DataFolder], Convert.ToBase64String(TestLedger.Key.PublicKey.Bytes), cancellation: TestContext.Current.CancellationToken), answer => Assert.Contains("BatchDamaged", answer.Violations));
    }

    private static byte[] PayloadOf(int index) => [.. BitConverter.GetBytes(index), .. Secret];
}
