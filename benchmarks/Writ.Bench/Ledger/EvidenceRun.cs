using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Writ.Bench.Installations;
using Writ.Governance.Decisions;
using Writ.Governance.Policies.Constraints;
using Writ.Ledger;
using Writ.Server.Installation;

namespace Writ.Bench.Ledger;

/// <summary>
/// The way a decision takes to the disk in a running server, without the gates before it: the payload written as JCS, committed to and
/// encrypted under its user's key, the record written as JCS, both durable, and the index over the log kept at its end.
/// </summary>
internal static class EvidenceRun
{
    private const int Callers = 1024;
    private const int Users = 256;

    public static async Task<IReadOnlyList<Figure>> FiguresAsync(int runs)
    {
        var (best, all, disk) = (default(Run), new List<string>(), 0.0);
        for (var run = 0; run < runs; run++)
        {
            using var bench = new BenchInstallation();
            Run measured;
            await using (var installation = await bench.MakeAsync())
                measured = await MeasureAsync(bench, installation);
            all.Add(string.Create(CultureInfo.InvariantCulture, $"{measured.PerSecond:N0}/s p99 {measured.Load.Latency.At(99):0.00} ms load {Machine.Load()}"));
            disk = SegmentBytes.PerRecord(Path.Combine(bench.Options.DataFolder, "decisions"), measured.Records);
            if (best is null || measured.PerSecond > best.PerSecond)
                best = measured;
        }

        return
        [
            new Figure(
                "append with JCS, commitment, encryption and index", best!.PerSecond, "records/s", 200_000, false,
                $"{Callers} callers, {Users} users, records of {best.RecordBytes:N0} B and payloads of {best.PayloadBytes:N0} B, until all are indexed, runs: {string.Join("; ", all)}"),
            new Figure("the same, p99 of the same run", best.Load.Latency.At(99), "ms", 10, true, string.Create(CultureInfo.InvariantCulture, $"p50 {best.Load.Latency.At(50):0.00} ms, p99.9 {best.Load.Latency.At(99.9):0.00} ms")),
            new Figure("the same, allocated", best.Load.BytesAllocated, "B/record", null, true, "with the bench's own latency lists and the index"),
            new Figure("the same, processor time", best.Load.ProcessorMicroseconds, "us/record", null, true, "all threads, the load generator's and the index's too"),
            new Figure("the same, bare: JCS, SHA-256, AES-GCM, leaf, one copy", best.BareMicroseconds, "us/record", null, true, "one thread, same bytes, same run: what no path can go below"),
            new Figure("the same, processor time against bare", best.Load.ProcessorMicroseconds / best.BareMicroseconds, "x", null, true, "threads, queues, index, disk and the load generator"),
            new Figure("the same, disk after sealing", disk, "B/record", null, true, "segments of records and of payloads, to the last batch in each"),
        ];
    }

    private static async Task<Run> MeasureAsync(BenchInstallation bench, OpenInstallation installation)
    {
        var services = installation.Services;
        var evidence = new DecisionEvidence(services.DecisionLog, services.Sealer, services.Archive, services.Resources, TimeProvider.System);
        var requests = new ActionRequest[Users];
        for (var user = 0; user < Users; user++)
            requests[user] = await RequestAsync(bench, services, user);
        ImmutableArray<string> gates = ["lifecycle", "grants", "tool", "policy"], rules = ["bench/orders", "bench/rule-7"];
        var details = new DecisionDetails();

        async Task RecordAsync(int caller, int number)
        {
            var request = requests[caller % Users] with { Id = DecisionId.New(TimeProvider.System) };
            var recorded = await evidence.RecordAsync(new Walk(request, null, gates.Length, gates, TimeSpan.FromMicroseconds(20)), Outcome.Allow, rules, details).ConfigureAwait(false);
            if (!recorded.Receipt.IsDurable)
                throw new InvalidOperationException(recorded.Receipt.Fault);
        }

        await Load.MeasureAsync(Callers, TimeSpan.FromSeconds(4), RecordAsync); // until the code is compiled as it stays
        await using var indexes = new RecordIndexes(installation.Decisions, bench.Options.TrustDomain, bench.Options.DataFolder, TimeProvider.System);
        var log = installation.Decisions.Logs.Single();
        var index = indexes.Of(OpenInstallation.Default)!;
        while (index.CatchUp())
        {
        }

        var (first, start) = (log.Head.Size, Stopwatch.GetTimestamp());
        var load = await Load.MeasureAsync(Callers, TimeSpan.FromSeconds(4), RecordAsync);
        while (index.CatchUp())
        {
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var size = log.Head.Size;
        var bare = BareRecord.Microseconds(requests[0], services, gates, rules, details);
        return new Run(load, bare, (size - first) / seconds, size, log.Read(size - 1).Bytes.Length, log.ReadPayload(size - 1).Bytes.Length);
    }

    private static async Task<ActionRequest> RequestAsync(BenchInstallation bench, Services services, int user)
    {
        var (request, refusal) = await services.Intake.MakeAsync(bench.Call(services, user));
        if (request is null)
            throw new InvalidOperationException(refusal!.Code);
        var task = request.Facts.Task with { User = new Attested<string>($"user-{user}", "bench") };
        return request with { Facts = request.Facts with { Task = task } };
    }

    private sealed record Run(Load.Result Load, double BareMicroseconds, double PerSecond, ulong Records, int RecordBytes, int PayloadBytes);
}
