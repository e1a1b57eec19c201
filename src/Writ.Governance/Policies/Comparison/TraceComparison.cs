using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Writ.Crypto.Hashing;
using Writ.Governance.Decisions;
using Writ.Governance.Replay;

namespace Writ.Governance.Policies.Comparison;

/// <summary>
/// Decides every call of trace files under two policies. A worker a core, blocks added up in the order they were read, so that two runs
/// keep the same examples. Memory is bounded by a few blocks a core.
/// </summary>
/// <param name="before">The one policy.</param>
/// <param name="after">The other, over the same tools.</param>
/// <param name="examples">How many examples of a pair of outcomes are kept.</param>
public sealed class TraceComparison(ReplayWorld before, ReplayWorld after, int examples)
{
    private const int MaxKnown = 200_000;
    private readonly ConcurrentDictionary<(string Suite, string Function, Hash256 Arguments, Hash256 LookedUp), (Outcome Was, Outcome Now)> _known = new();

    /// <summary>Compares the calls of the files, in their order.</summary>
    public async Task<ComparisonResult> RunAsync(IReadOnlyList<string> traces, CancellationToken cancellation)
    {
        var total = new OutcomeDifferences(examples);
        var open = new Queue<Task<(OutcomeDifferences Found, TraceProblem? Problem)>>();
        foreach (var path in traces)
        {
            using var file = new TraceFile(path);
            TraceProblem? problem;
            while (file.Next(out problem) is { } block)
            {
                cancellation.ThrowIfCancellationRequested();
                open.Enqueue(Task.Run(() => CompareAsync(block), cancellation));
                if (open.Count > 2 * Environment.ProcessorCount && Take(total, await open.Dequeue()) is { } wrong)
                    return new ComparisonResult.Refused(wrong);
            }

            if (problem is not null)
                return new ComparisonResult.Refused(problem);
        }

        while (open.TryDequeue(out var next))
        {
            if (Take(total, await next) is { } wrong)
                return new ComparisonResult.Refused(wrong);
        }

        return new ComparisonResult.Done(total);
    }

    private static TraceProblem? Take(OutcomeDifferences total, (OutcomeDifferences Found, TraceProblem? Problem) block)
    {
        total.Add(block.Found);
        return block.Problem;
    }

    private async Task<(OutcomeDifferences Found, TraceProblem? Problem)> CompareAsync(TraceBlock block)
    {
        var found = new OutcomeDifferences(examples);
        var number = block.FirstLine;
        for (var rest = block.Lines; !rest.IsEmpty; number++)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.Span.Trim(" \t\r"u8).IsEmpty)
                continue;
            if (TraceLine.Read(line, out var problem) is not { } trace)
                return (found, new TraceProblem(block.File, number, problem));
            for (var i = 0; i < trace.Calls.Count; i++)
                await CompareAsync(found, trace, i);
        }

        return (found, null);
    }

    private async ValueTask CompareAsync(OutcomeDifferences found, RecordedTrace trace, int index)
    {
        var call = trace.Calls[index];
        var (was, now) = await OutcomesAsync(trace.Suite, call);
        if (!found.Count(was, now))
            return;
        var arguments = ReplayWorld.Read(call);
        found.Keep(was, now, new OutcomeChange(
            string.Create(CultureInfo.InvariantCulture, $"{trace.Id}, call {index + 1}"),
            $"{trace.Suite}/{call.Function}",
            OutcomeChange.Cut(Encoding.UTF8.GetString(call.Arguments.Span)),
            await before.RulesOfAsync(trace.Suite, call, arguments),
            await after.RulesOfAsync(trace.Suite, call, arguments)));
    }

    /// <summary>Equal calls are decided once: what is decided follows from suite, function, arguments and recorded facts alone, and recorded runs repeat themselves.</summary>
    private async ValueTask<(Outcome Was, Outcome Now)> OutcomesAsync(string suite, RecordedCall call)
    {
        var key = (suite, call.Function, Hash256.Of(call.Arguments.Span), Hash256.Of(call.LookedUp.Span));
        if (_known.TryGetValue(key, out var known))
            return known;
        var arguments = ReplayWorld.Read(call);
        var decided = (
            (await before.DecideAsync(suite, call, arguments)).Outcome,
            (await after.DecideAsync(suite, call, arguments)).Outcome);
        if (_known.Count < MaxKnown)
            _known.TryAdd(key, decided);
        return decided;
    }
}
