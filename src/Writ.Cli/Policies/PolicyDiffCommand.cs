using System.Collections.Immutable;
using System.CommandLine;
using Writ.Cli.Policies.Cases;
using Writ.Cli.Terminal;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Comparison;
using Writ.Governance.Policies.Testing;
using Writ.Governance.Replay;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy diff</c>: which requests have another outcome under one bundle than under another. Needs no server.</summary>
internal static class PolicyDiffCommand
{
    public static Command Create(Session session)
    {
        var before = new Argument<string>("before") { Description = "The folder of the bundle as it was." };
        var after = new Argument<string>("after") { Description = "The folder of the bundle as it would be." };
        var traces = new Option<string[]>("--traces") { Description = "Recorded runs to compare over, as for `writ replay`; without them, the cases of both bundles and their neighbours.", HelpName = "FILE.jsonl", AllowMultipleArgumentsPerToken = true };
        var tools = new Option<string?>("--tools") { Description = "With --traces: what the recorded tools do and take.", HelpName = "tools.json" };
        var examples = new Option<int>("--examples") { Description = "How many examples of each pair of outcomes. Default 3, at most 100.", DefaultValueFactory = _ => 3, HelpName = "NUMBER" };
        var command = new Verb("diff", "Tell which requests have another outcome under one bundle than under another, by pair of outcomes. Ends with 1 where some do.",
            "writ policy diff samples/policies/read-only samples/policies/approve-high-risk --traces runs.jsonl.gz --tools tools.json",
            "writ policy diff published/support-desk samples/policies/support-desk")
        {
            before, after, traces, tools, examples,
        };
        session.Run(command, async (parse, screen, cancellation) =>
        {
            var kept = parse.GetValue(examples);
            if (kept is < 0 or > 100)
                return screen.Fail(new Trouble(ExitCode.BadInput, "--examples: from 0 to 100"));
            var (from, to) = (parse.GetRequiredValue(before), parse.GetRequiredValue(after));
            try
            {
                var (found, trouble) = parse.GetValue(traces) is { Length: > 0 } files
                    ? await OverTracesAsync(from, to, files, parse.GetValue(tools), kept, session.Time, cancellation)
                    : await OverCasesAsync(from, to, kept, session.Time);
                if (found is null)
                    return screen.Fail(trouble!);
                DiffSheet.Show(screen, found);
                return found.Changed > 0 ? ExitCode.No : ExitCode.Done;
            }
            catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                return screen.Fail(new Trouble(ExitCode.BadInput, problem.Message));
            }
        });
        return command;
    }

    private static async Task<(OutcomeDifferences? Found, Trouble? Trouble)> OverTracesAsync(
        string before, string after, string[] traces, string? tools, int examples, TimeProvider time, CancellationToken cancellation)
    {
        if (tools is null)
            return (null, new Trouble(ExitCode.BadInput, "--traces needs --tools") { Advice = "It names what the recorded tools do and take." });
        var catalog = await File.ReadAllBytesAsync(tools, cancellation);
        var (first, wrong) = World(before, catalog, tools, time);
        if (first is null)
            return (null, wrong);
        (var second, wrong) = World(after, catalog, tools, time);
        if (second is null)
            return (null, wrong);
        return await new TraceComparison(first, second, examples).RunAsync(traces, cancellation) switch
        {
            ComparisonResult.Done done => (done.Differences, null),
            ComparisonResult.Refused refused => (null, new Trouble(ExitCode.BadInput, refused.Problem.ToString()) { Advice = "A trace is an object with id, suite and calls, one a line." }),
            _ => throw new InvalidOperationException(),
        };
    }

    private static (ReplayWorld? World, Trouble? Trouble) World(string folder, byte[] catalog, string tools, TimeProvider time) => BundleFolder.Read(folder) switch
    {
        BundleReading.Refused unread => (null, BundleProblems.Of(folder, unread.Problems)),
        BundleReading.Read read => ReplayWorld.Make(read.Archive, catalog, TrialCall.DefaultTime, time) switch
        {
            ReplayWorldMaking.Made made => (made.World, null),
            ReplayWorldMaking.BundleRefused refused => (null, BundleProblems.Of(folder, refused.Problems)),
            ReplayWorldMaking.ToolsRefused refused => (null, new Trouble(ExitCode.BadInput, $"{tools}: {refused.Problem}")),
            _ => throw new InvalidOperationException(),
        },
        _ => throw new InvalidOperationException(),
    };

    /// <summary>The cases of both bundles, each in the world of its own file: the tools are those of the cases, the policy is one or the other.</summary>
    private static async Task<(OutcomeDifferences? Found, Trouble? Trouble)> OverCasesAsync(string before, string after, int examples, TimeProvider time)
    {
        var total = new OutcomeDifferences(examples);
        var archives = ImmutableArray.CreateBuilder<BundleArchive>();
        foreach (var folder in new[] { before, after })
        {
            var reading = BundleFolder.Read(folder);
            if (reading is not BundleReading.Read { Archive: var archive })
                return (null, BundleProblems.Of(folder, ((BundleReading.Refused)reading).Problems));
            archives.Add(archive);
        }

        var sets = new[] { before, after }.Where(folder => Directory.Exists(Path.Combine(folder, "tests"))).DistinctBy(Path.GetFullPath)
            .Select(folder => CaseFolder.Read(folder, [], archives[folder == before ? 0 : 1].Manifest.Name)).ToArray();
        if (sets.Length == 0)
            return (null, new Trouble(ExitCode.BadInput, "neither bundle has tests/*.yaml, and no --traces are given"));
        if (sets.Select(set => set.Trouble).OfType<Trouble>().FirstOrDefault() is { } trouble)
            return (null, trouble);
        foreach (var set in sets.SelectMany(read => read.Sets))
        {
            var (first, wrong) = TrialWorlds.Make(archives[0], before, set, time);
            if (first is null)
                return (null, wrong);
            (var second, wrong) = TrialWorlds.Make(archives[1], after, set, time);
            if (second is null)
                return (null, wrong);
            total.Add(await new CaseComparison(first, second, examples).RunAsync(set.Cases));
        }

        return (total, null);
    }
}
