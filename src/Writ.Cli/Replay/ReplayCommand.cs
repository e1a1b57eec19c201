using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using Writ.Cli.Terminal;
using Writ.Governance.Policies;
using Writ.Governance.Replay;

namespace Writ.Cli.Replay;

/// <summary><c>writ replay</c>: decides recorded tool calls against a bundle, without a server.</summary>
internal static class ReplayCommand
{
    public static Command Create(Session session)
    {
        var traces = new Option<string[]>("--traces") { Description = "Trace files, one run a line, plain or gzip.", HelpName = "FILE.jsonl", Required = true, AllowMultipleArgumentsPerToken = true };
        var tools = new Option<string>("--tools") { Description = "What the recorded tools do and take, by suite.", HelpName = "tools.json", Required = true };
        var bundle = new Option<string>("--bundle") { Description = "The folder of the bundle.", HelpName = "FOLDER", Required = true };
        var output = new Option<string>("--out") { Description = "Where the decisions go; gzip where the name ends in .gz.", HelpName = "DECISIONS.jsonl", Required = true };
        var timings = new Option<string?>("--timings") { Description = "Where the microseconds of each call go.", HelpName = "FILE.jsonl" };
        var at = new Option<string?>("--at") { Description = "The time that policies see in every call. Default 2026-01-01T00:00:00Z.", HelpName = "INSTANT" };
        var command = new Verb("replay", "Decide recorded tool calls against a bundle. The same inputs write the same bytes.",
            "writ replay --traces runs.jsonl.gz --tools tools.json --bundle samples/policies/read-only --out decisions.jsonl")
        {
            traces, tools, bundle, output, timings, at,
        };
        session.Run(command, async (parse, screen, cancellation) =>
        {
            if (!TryReadInstant(parse.GetValue(at), out var instant))
                return screen.Fail(new Trouble(ExitCode.BadInput, "--at is not a time") { Advice = "Write it like 2026-01-01T00:00:00Z." });
            try
            {
                var (world, trouble) = Make(parse.GetRequiredValue(bundle), parse.GetRequiredValue(tools), instant, session.Time);
                if (world is null)
                    return screen.Fail(trouble!);
                var files = parse.GetRequiredValue(traces);
                var run = (IProgress<long>? progress) => RunAsync(new ReplayRun(world) { Progress = progress }, files, parse.GetRequiredValue(output), parse.GetValue(timings), cancellation);
                switch (await ReplayProgress.ShowAsync(session, screen, files, run))
                {
                    case ReplayResult.Done done:
                        ReplayReport.Show(screen, done.Tally, world.SnapshotDigest);
                        return ExitCode.Done;
                    case ReplayResult.Refused refused:
                        return screen.Fail(new Trouble(ExitCode.BadInput, refused.Problem.ToString()) { Advice = "A trace is an object with id, suite and calls, one a line." });
                    default:
                        throw new InvalidOperationException();
                }
            }
            catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException or InvalidDataException)
            {
                return screen.Fail(new Trouble(ExitCode.BadInput, problem.Message));
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                return screen.Fail(new Trouble(ExitCode.Failed, problem.Message));
            }
        });
        return command;
    }

    private static (ReplayWorld? World, Trouble? Trouble) Make(string bundle, string tools, DateTimeOffset at, TimeProvider time)
    {
        switch (BundleFolder.Read(bundle))
        {
            case BundleReading.Refused unread:
                return (null, BundleTrouble(bundle, unread.Problems));
            case BundleReading.Read { Archive: var archive }:
                return ReplayWorld.Make(archive, File.ReadAllBytes(tools), at, time) switch
                {
                    ReplayWorldMaking.Made made => (made.World, null),
                    ReplayWorldMaking.BundleRefused refused => (null, BundleTrouble(bundle, refused.Problems)),
                    ReplayWorldMaking.ToolsRefused refused => (null, new Trouble(ExitCode.BadInput, $"{tools}: {refused.Problem}")),
                    _ => throw new InvalidOperationException(),
                };
            default:
                throw new InvalidOperationException();
        }
    }

    private static Trouble BundleTrouble(string bundle, IReadOnlyList<PolicyProblem> problems) => new(ExitCode.BadInput, $"the bundle {bundle} cannot be used")
    {
        Spots = [.. problems.Select(p => new TroubleSpot(p.File, p.Line, p.Column, p.Message))],
    };

    /// <summary>What is written stands under its name only when it is whole.</summary>
    private static async Task<ReplayResult> RunAsync(ReplayRun run, string[] traces, string output, string? timings, CancellationToken cancellation)
    {
        var files = timings is null ? new[] { output } : [output, timings];
        var partial = Array.ConvertAll(files, file => file + ".partial");
        try
        {
            ReplayResult result;
            await using (var decisions = Create(output, partial[0]))
            await using (var microseconds = timings is null ? null : Create(timings, partial[1]))
                result = await run.RunAsync(traces, decisions, microseconds, cancellation);
            if (result is ReplayResult.Done)
            {
                for (var i = 0; i < files.Length; i++)
                    File.Move(partial[i], files[i], overwrite: true);
            }

            return result;
        }
        finally
        {
            foreach (var left in partial)
                File.Delete(left);
        }
    }

    private static Stream Create(string name, string path)
    {
        var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        return name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
    }

    private static bool TryReadInstant(string? text, out DateTimeOffset instant)
    {
        instant = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return text is null || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
    }
}
