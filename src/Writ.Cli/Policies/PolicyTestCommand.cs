using System.Collections.Immutable;
using System.CommandLine;
using Writ.Cli.Policies.Cases;
using Writ.Cli.Terminal;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Testing;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy test</c>: tries the cases beside a bundle by the gates of production. Needs no server.</summary>
internal static class PolicyTestCommand
{
    public static Command Create(Session session)
    {
        var folder = new Argument<string>("folder") { Description = "The bundle, with its cases in tests/*.yaml." };
        var cases = new Option<string[]>("--cases") { Description = "Files of cases instead of those in tests/.", HelpName = "FILE.yaml", AllowMultipleArgumentsPerToken = true };
        var junit = new Option<string?>("--junit") { Description = "Where a report in JUnit's XML goes.", HelpName = "FILE.xml" };
        var covered = new Option<bool>("--covered") { Description = "Also end with 1 where a rule is not shown both holding and not holding." };
        var command = new Verb("test", "Try the cases beside a bundle: each says a call and what has to come of it. Ends with 1 where one does not.",
            "writ policy test samples/policies/support-desk",
            "writ policy test samples/policies/support-desk --covered --junit report.xml")
        {
            folder, cases, junit, covered,
        };
        session.Run(command, async (parse, screen, _) =>
        {
            var (report, trouble) = await RunAsync(parse.GetRequiredValue(folder), parse.GetValue(cases) ?? [], session.Time);
            if (report is null)
                return screen.Fail(trouble!);
            try
            {
                if (parse.GetValue(junit) is { } path)
                    JUnitReport.Write(path, parse.GetRequiredValue(folder), report);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return screen.Fail(new Trouble(ExitCode.Failed, $"the report cannot be written: {failure.Message}"));
            }

            TestSheet.Show(screen, report);
            return report.Failed > 0 || (parse.GetValue(covered) && report.Uncovered.Any()) ? ExitCode.No : ExitCode.Done;
        });
        return command;
    }

    private static async Task<(TestReport? Report, Trouble? Trouble)> RunAsync(string folder, IReadOnlyCollection<string> files, TimeProvider time)
    {
        var reading = BundleFolder.Read(folder);
        if (reading is not BundleReading.Read { Archive: var archive })
            return (null, BundleProblems.Of(folder, ((BundleReading.Refused)reading).Problems));
        var (sets, trouble) = CaseFolder.Read(folder, files, archive.Manifest.Name);
        if (trouble is not null)
            return (null, trouble);
        var reports = ImmutableArray.CreateBuilder<TestReport>();
        foreach (var set in sets)
        {
            var (world, wrong) = TrialWorlds.Make(archive, folder, set, time);
            if (world is null)
                return (null, wrong);
            reports.Add(await TestRun.RunAsync(world, set.Cases));
        }

        return (TestReport.Join(reports, archive.Manifest.Name), null);
    }
}
