using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Policies.Cases;
using Writ.Cli.Terminal;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Linting;
using Writ.Governance.Policies.Testing;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy lint</c>: what is wrong with a bundle though it can be read. Needs no server, and may ask one.</summary>
internal static class PolicyLintCommand
{
    public static Command Create(Session session)
    {
        var folder = new Argument<string>("folder") { Description = "The bundle. The tools of its first tests/*.yaml are known to the checks." };
        var people = new Option<string?>("--people") { Description = "Who could approve: {\"people\":[{\"id\":…,\"display_name\":…,\"capabilities\":[…]}]}.", HelpName = "FILE.json" };
        var online = new Option<bool>("--online") { Description = "Ask a running server, which knows its tools, bundles and people." };
        var command = new Verb("lint", "Find rules that would not be published, that cannot apply, add nothing or cover too much, and approvers who do not exist. Ends with 1 where it finds more than notes.",
            "writ policy lint samples/policies/support-desk",
            "writ policy lint samples/policies/support-desk --online")
        {
            folder, people, online,
        };
        var connection = new ConnectionFlags();
        connection.AddTo(command);
        session.Run(command, async (parse, screen, cancellation) =>
        {
            var path = parse.GetRequiredValue(folder);
            var reading = BundleFolder.Read(path);
            if (reading is not BundleReading.Read { Archive: var archive })
                return screen.Fail(BundleProblems.Of(path, ((BundleReading.Refused)reading).Problems));
            if (!parse.GetValue(online))
                return Lint(screen, path, archive, parse.GetValue(people), session.Time);
            switch (connection.Open(parse, session.Environment))
            {
                case ConnectionOpening.Refused refused:
                    return screen.Fail(refused.Trouble);
                case ConnectionOpening.Opened opened:
                    using (opened.Client)
                        return await AskAsync(screen, opened.Client, path, archive, cancellation);
                default:
                    throw new InvalidOperationException();
            }
        });
        return command;
    }

    private static async Task<ExitCode> AskAsync(Screen screen, ApiClient api, string folder, BundleArchive archive, CancellationToken cancellation) =>
        await api.PostAsync("/v1/bundles/lint", BundleUpload.Of(archive), ApiJson.Default.LintView, cancellation) switch
        {
            ApiResult<LintView>.Ok ok => Show(screen, folder, archive, ok.Value.Findings),
            ApiResult<LintView>.Failed failed => screen.Fail(failed.Trouble),
            _ => throw new InvalidOperationException(),
        };

    private static ExitCode Lint(Screen screen, string folder, BundleArchive archive, string? peopleFile, TimeProvider time)
    {
        ImmutableArray<Person>? people = null;
        if (peopleFile is not null)
        {
            if (JsonFile.Read(peopleFile, out var trouble) is not { } document)
                return screen.Fail(trouble!);
            try
            {
                people = document["people"].Deserialize<ImmutableArray<Person>>(StrictJson.Options);
            }
            catch (JsonException wrong)
            {
                return screen.Fail(new Trouble(ExitCode.BadInput, $"{peopleFile}: {wrong.Message}") { Advice = """Write it like {"people":[{"id":"kim","display_name":"Kim","capabilities":["app"]}]}""" });
            }
        }

        var (beside, wrongWorld) = Beside(folder, time);
        if (wrongWorld is not null)
            return screen.Fail(wrongWorld);
        var findings = Linter.Lint(archive, beside, people);
        return Show(screen, folder, archive, JsonSerializer.SerializeToNode(findings, StrictJson.Options).Deserialize(ApiJson.Default.IReadOnlyListLintFindingView)!);
    }

    /// <summary>The tools that the bundle is tested with, if it is.</summary>
    internal static (OrganizationState? State, Trouble? Trouble) Beside(string folder, TimeProvider time)
    {
        var tests = Path.Combine(folder, "tests");
        if (!Directory.Exists(tests) || Directory.EnumerateFiles(tests, "*.yaml").Order(StringComparer.Ordinal).FirstOrDefault() is not { } file)
            return (null, null);
        List<PolicyProblem> problems = [];
        if (CaseFile.ReadWorld(file, problems) is not { } set)
            return (null, CaseFolder.Trouble(problems));
        return TrialWorld.Make([], set.Servers, time) switch
        {
            TrialWorldMaking.Made made => (made.World.State, null),
            TrialWorldMaking.ToolsRefused refused => (null, new Trouble(ExitCode.BadInput, $"{file}: {refused.Problem}")),
            _ => throw new InvalidOperationException(),
        };
    }

    private static ExitCode Show(Screen screen, string folder, BundleArchive archive, IReadOnlyList<LintFindingView> findings)
    {
        foreach (var finding in findings)
        {
            var place = Path.Combine(folder, InertText.Of(finding.File)) + (finding.Line > 0 ? $":{finding.Line}:{finding.Column}" : "");
            screen.Pieces((place + "  ", Look.Quiet), (InertText.Of(finding.Severity), LookOf(finding.Severity)), ($"  {InertText.Of(finding.Check)}", Look.Strong));
            screen.Wrapped("  ", "  ", InertText.Of(finding.Rule.Length > 0 ? $"{finding.Rule}: {finding.Message}" : finding.Message));
        }

        var bad = findings.Count(finding => finding.Severity != "note");
        screen.Line($"{InertText.Of(archive.Manifest.Name)}: {bad} to mend, {findings.Count - bad} to know", bad > 0 ? Look.Bad : Look.Good);
        screen.Document(new JsonObject { ["bundle"] = archive.Manifest.Name, ["findings"] = JsonSerializer.SerializeToNode(findings, ApiJson.Default.IReadOnlyListLintFindingView) });
        return bad > 0 ? ExitCode.No : ExitCode.Done;
    }

    private static Look LookOf(string severity) => severity switch
    {
        "error" => Look.Bad,
        "warning" => Look.Held,
        _ => Look.Quiet,
    };
}
