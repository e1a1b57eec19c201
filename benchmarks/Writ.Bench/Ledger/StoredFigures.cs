using System.Diagnostics;
using System.Globalization;
using Writ.Bench.Installations;
using Writ.Ledger;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Verification;

namespace Writ.Bench.Ledger;

/// <summary>What it takes to do something with a million records that are there: open, stream, verify, prove; and their room on the disk.</summary>
internal static class StoredFigures
{
    private const int Stored = 1_000_000;
    private const int Proofs = 2_000;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(int runs)
    {
        using var folder = new LedgerFolder();
        await using (var ledger = await folder.OpenAsync())
        {
            await FillAsync(ledger);
            HashesKept.Wait(ledger);
        }

        var (opened, streamed, verified) = (double.MaxValue, 0.0, 0.0);
        Percentiles? proved = null;
        for (var run = 0; run < runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            await using (var ledger = await folder.OpenAsync())
            {
                opened = Math.Min(opened, Stopwatch.GetElapsedTime(start).TotalSeconds);
                var log = await LedgerFolder.LogAsync(ledger);
                streamed = Math.Max(streamed, Stream(log));
                var proofs = Prove(log);
                if (proved is null || proofs.At(99) < proved.At(99))
                    proved = proofs;
            }

            verified = Math.Max(verified, await VerifyAsync(folder));
        }

        var conditions = $"{Stored:N0} records of {AppendRun.RecordLength} B, page cache warm";
        return
        [
            new Figure("open", opened, "s", 3, true, $"{conditions}, full segments by their hashes"),
            new Figure("stream a log", streamed, "records/s", 1_000_000, false, conditions),
            new Figure("verify a folder", verified, "records/s", 500_000, false, $"{conditions}, with the kept checkpoints"),
            new Figure("inclusion proof, p99", proved!.At(99), "ms", 1, true, string.Create(CultureInfo.InvariantCulture, $"{Proofs:N0} of {Stored:N0} records, p50 {proved.At(50):0.000} ms, page cache warm")),
            new Figure("disk after sealing", SegmentBytes.PerRecord(folder.Data, Stored), "B/record", null, true, $"records of {AppendRun.RecordLength} B without payloads, to the last batch of each segment"),
        ];
    }

    private static async Task FillAsync(MerkleLedger ledger)
    {
        var log = await LedgerFolder.LogAsync(ledger);
        var record = AppendRun.Record(1);
        for (var done = 0; done < Stored; done += 1000)
            await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => ledger.AppendAsync(log, record).AsTask()));
    }

    private static double Stream(LogicalLog log)
    {
        var start = Stopwatch.GetTimestamp();
        using var cursor = log.ReadFrom();
        while (cursor.MoveNext())
        {
        }

        return log.Head.Size / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static Percentiles Prove(LogicalLog log)
    {
        var (random, size, ticks) = (new Random(1), log.Head.Size, new long[Proofs]);
        for (var i = 0; i < Proofs; i++)
        {
            var index = (ulong)random.NextInt64((long)size);
            var start = Stopwatch.GetTimestamp();
            if (log.ProveInclusion(index, size) is null)
                throw new InvalidOperationException("a proof could not be made");
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }

        return new Percentiles(ticks);
    }

    private static async Task<double> VerifyAsync(LedgerFolder folder)
    {
        var start = Stopwatch.GetTimestamp();
        var report = await LedgerVerifier.VerifyAsync(new VerificationOptions { DataFolder = folder.Data, Checkpoints = new CheckpointFolder(folder.Configuration), Keys = [folder.PublicKey] });
        if (report.Findings.Count > 0)
            throw new InvalidOperationException(report.Findings[0].ToString());
        return report.Records / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
