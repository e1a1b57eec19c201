using System.Diagnostics;
using System.Globalization;
using Writ.Bench.Installations;
using Writ.Cedar.Authorization;
using Writ.Cedar.Compilation;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Publishing;

namespace Writ.Bench.Policy;

/// <summary>One policy decision in process: request in, which policies hold out, by the compiled set, by the specification's evaluator and by Cedar's own engine.</summary>
internal sealed class PolicyBenchmark : IBenchmark
{
    private const int Batch = 256;
    private const int Batches = 400;
    private static readonly int[] Counts = [1, 100, 1_000, 10_000];

    public string Name => "policy";

    public Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        foreach (var count in Counts)
            figures.AddRange(Measure(new AgentPolicies(count, unscopedEvery: 0), $"{count:N0} scoped policies", 1));
        figures.AddRange(Measure(new AgentPolicies(10_000, unscopedEvery: 100), "10,000 policies, 1 % unscoped", 5));
        var thousand = new AgentPolicies(1_000, unscopedEvery: 0);
        figures.Add(Threads(thousand));
        figures.Add(Reference(thousand));
        var started = Stopwatch.GetTimestamp();
        _ = new AgentPolicies(10_000, unscopedEvery: 100);
        figures.Add(new Figure("parse and compile 10,000 policies", Stopwatch.GetElapsedTime(started).TotalSeconds, "s", 2, true, "text to compiled set, entities and requests included"));
        figures.Add(Publish());
        figures.AddRange(OutsideEngine.Measure(Counts.Select(count => new AgentPolicies(count, unscopedEvery: 0))));
        figures.AddRange(QuotedFigures.All);
        return Task.FromResult<IReadOnlyList<Figure>>(figures);
    }

    // What a publish waits for beside its record: validation for every tool, the comparison with what holds, and the new snapshot.
    private static Figure Publish()
    {
        var state = BundleOfTenThousand.State();
        var seconds = Enumerable.Range(0, LoadFigures.Runs).Select(run =>
        {
            var archive = BundleOfTenThousand.Archive();
            var start = Stopwatch.GetTimestamp();
            if (BundlePublication.ProblemsOfPublishing(state, archive) is { Count: > 0 } problems)
                throw new InvalidOperationException(problems[0].ToString());
            PublicationCheck.Compare(state, archive, TimeProvider.System);
            var bundle = new PublishedBundle(archive.Manifest.Name, archive.Manifest.Version, archive.Digest.ToHex(), archive);
            _ = Snapshot.Compile(state.Id, [.. state.Bundles.Values, bundle], state.ServersBySlug.Values);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }).ToArray();
        return new Figure("publish of 10,000 policies", seconds.Max(), "s", 2, true, $"the slowest run; {BundleOfTenThousand.Tools} tools; checked, compared, compiled; runs: {string.Join(", ", seconds.Select(s => s.ToString("0.00", CultureInfo.InvariantCulture)))}; load {Machine.Load()}");
    }

    private static IEnumerable<Figure> Measure(AgentPolicies policies, string what, double bar)
    {
        var buffer = new EvaluationBuffer();
        var best = double.MaxValue;
        var (runs, bytes) = (new List<string>(), 0L);
        for (var run = 0; run < LoadFigures.Runs; run++)
        {
            Decide(policies, buffer, Batch * Batches / 4);
            var times = new double[Batches];
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Batches; i++)
            {
                var start = Stopwatch.GetTimestamp();
                Decide(policies, buffer, Batch);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Batch;
            }

            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (Batch * Batches);
            Array.Sort(times);
            best = Math.Min(best, times[Batches / 2]);
            runs.Add(string.Create(CultureInfo.InvariantCulture, $"{times[Batches / 2]:0.000}"));
        }

        yield return new Figure($"decision, p50, {what}", best, "us", bar, true, $"median of {Batches} batches of {Batch}, no two requests running the same; runs: {string.Join(", ", runs)}; load {Machine.Load()}");
        yield return new Figure($"allocated a decision, {what}", bytes, "B", 0, true, "with a buffer that is reused");
    }

    private static Figure Threads(AgentPolicies policies)
    {
        const int Each = 400_000;
        double Rate(int threads)
        {
            var start = Stopwatch.GetTimestamp();
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => Decide(policies, new EvaluationBuffer(), Each));
            return threads * Each / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Rate(2);
        var ratios = Enumerable.Range(0, LoadFigures.Runs).Select(_ => Rate(2) / Rate(1)).ToArray();
        return new Figure("2 threads beside 1", ratios.Max(), "x", 1.8, false, $"decisions a second, 1,000 policies, runs: {string.Join(", ", ratios.Select(r => r.ToString("0.00", CultureInfo.InvariantCulture)))}; load {Machine.Load()}");
    }

    private static Figure Reference(AgentPolicies policies)
    {
        const int Count = 2_000;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Count; i++)
            Cedar.Authorization.Reference.Evaluate(policies.Compiled.Policies, policies.Requests[i % policies.Requests.Length], policies.Entities);
        return new Figure("the same by the reference evaluator, 1,000 policies", Stopwatch.GetElapsedTime(start).TotalMicroseconds / Count, "us", null, true, "mean");
    }

    private static void Decide(AgentPolicies policies, EvaluationBuffer buffer, int count)
    {
        var allowed = 0;
        for (var i = 0; i < count; i++)
        {
            policies.Compiled.Evaluate(policies.Requests[i % policies.Requests.Length], policies.Entities, buffer);
            allowed += buffer.Decision == Decision.Allow ? 1 : 0;
        }

        if (allowed == 0 || allowed == count)
            throw new InvalidOperationException("the requests of the bench are all allowed or all denied");
    }
}
