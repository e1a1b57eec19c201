using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Writ.Bench.Installations;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Comparison;
using Writ.Governance.Replay;

namespace Writ.Bench.Replay;

/// <summary>Recorded calls decided again: files read and unpacked, every call through the gates, decisions written.</summary>
internal sealed class ReplayBenchmark : IBenchmark
{
    private const int Times = 3;

    public string Name => "replay";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var recordings = Recordings.Find();
        if (recordings is null)
            return [new Figure("recorded calls decided", 0, "decisions/s", 100_000, false, "not measured: the recordings are absent; run eng/corpora, or set WRIT_CORPORA")];
        var archive = BundleFolder.Read(recordings.Bundle) is BundleReading.Read read ? read.Archive : throw new InvalidOperationException("the bundle cannot be read");
        var making = ReplayWorld.Make(archive, await File.ReadAllBytesAsync(recordings.Tools, cancellationToken), DateTimeOffset.UnixEpoch, TimeProvider.System);
        var world = making is ReplayWorldMaking.Made made ? made.World : throw new InvalidOperationException(making.ToString());
        var traces = Enumerable.Repeat(recordings.Traces, Times).SelectMany(t => t).ToArray();

        var (best, calls, allocated) = (0.0, 0L, 0.0);
        var (all, digests) = (new List<string>(), new HashSet<string>());
        await RunAsync(world, recordings.Traces, cancellationToken);
        for (var run = 0; run < LoadFigures.Runs; run++)
        {
            var (start, before) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
            (calls, var digest) = await RunAsync(world, traces, cancellationToken);
            var rate = calls / Stopwatch.GetElapsedTime(start).TotalSeconds;
            (best, allocated) = (Math.Max(best, rate), (GC.GetTotalAllocatedBytes() - before) / (double)calls);
            all.Add(string.Create(CultureInfo.InvariantCulture, $"{rate:N0}/s load {Machine.Load()}"));
            digests.Add(digest);
        }

        return
        [
            new Figure("recorded calls decided", best, "decisions/s", 100_000, false, string.Create(CultureInfo.InvariantCulture, $"{calls:N0} calls of AgentDojo and AgentDyn, gzip in, approve-high-risk, runs: {string.Join("; ", all)}")),
            new Figure("different outputs of the runs", digests.Count, "files", 1, true, "by SHA-256"),
            await DiffAsync(recordings, cancellationToken),
            new Figure("recorded calls, allocated", allocated, "B/decision", null, true, "reading and unpacking too"),
        ];
    }

    /// <summary>How long comparing two snapshots takes, scaled to 100,000 recorded actions; making the worlds is not counted.</summary>
    private static async Task<Figure> DiffAsync(Recordings recordings, CancellationToken cancellation)
    {
        var tools = await File.ReadAllBytesAsync(recordings.Tools, cancellation);
        ReplayWorld World(string bundle) =>
            BundleFolder.Read(Path.Combine(Path.GetDirectoryName(recordings.Bundle)!, bundle)) is BundleReading.Read { Archive: var archive }
            && ReplayWorld.Make(archive, tools, DateTimeOffset.UnixEpoch, TimeProvider.System) is ReplayWorldMaking.Made made
                ? made.World
                : throw new InvalidOperationException($"the bundle {bundle} cannot be used");
        var (before, after) = (World("read-only"), World("approve-high-risk"));
        var (best, calls, changed, all) = (double.MaxValue, 0L, 0L, new List<string>());
        for (var run = 0; run < LoadFigures.Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            var result = await new TraceComparison(before, after, 3).RunAsync(recordings.Traces, cancellation);
            var found = (result as ComparisonResult.Done ?? throw new InvalidOperationException(result.ToString())).Differences;
            (calls, changed) = (found.Compared, found.Changed);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds * 100_000 / calls;
            best = Math.Min(best, seconds);
            all.Add(string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s load {Machine.Load()}"));
        }

        return new Figure("diff of two snapshots over 100,000 recorded actions", best, "s", 2, true, string.Create(
            CultureInfo.InvariantCulture, $"{calls:N0} calls of AgentDojo and AgentDyn, gzip in, scaled; equal calls decided once; read-only against approve-high-risk, {changed:N0} changed; runs: {string.Join("; ", all)}"));
    }

    private static async Task<(long Calls, string Digest)> RunAsync(ReplayWorld world, IReadOnlyList<string> traces, CancellationToken cancellation)
    {
        var path = Path.GetTempFileName();
        try
        {
            await using var decisions = new FileStream(path, FileMode.Create, FileAccess.ReadWrite);
            var result = await new ReplayRun(world).RunAsync(traces, decisions, null, cancellation);
            decisions.Position = 0;
            return ((result as ReplayResult.Done ?? throw new InvalidOperationException(result.ToString())).Tally.Calls, Convert.ToHexString(await SHA256.HashDataAsync(decisions, cancellation)));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
