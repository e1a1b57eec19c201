using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Policies.Cases;
using Writ.Cli.Terminal;
using Writ.Governance.Decisions;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Testing;
using Writ.Governance.Records;

namespace Writ.Cli.Policies;

/// <summary>The flags that ask about a bundle in a folder instead of a running server, and the answer in the form of the API's.</summary>
internal sealed class OfflineQuestion
{
    private readonly Option<string?> _bundle = new("--bundle") { Description = "Ask a folder of policies instead of a running server.", HelpName = "FOLDER" };
    private readonly Option<string?> _request = new("--request") { Description = "With --bundle: the request, as a case of a test file is written.", HelpName = "FILE.yaml" };

    public void AddTo(Command command)
    {
        command.Options.Add(_bundle);
        command.Options.Add(_request);
    }

    /// <summary>Whether a folder is asked.</summary>
    public bool IsAsked(ParseResult parse) => parse.GetValue(_bundle) is not null || parse.GetValue(_request) is not null;

    /// <summary>Answers, or says what is wrong.</summary>
    public async Task<ExitCode> AnswerAsync(ParseResult parse, Screen screen, TimeProvider time, bool whole)
    {
        if (parse.GetValue(_bundle) is not { } folder || parse.GetValue(_request) is not { } file)
            return screen.Fail(new Trouble(ExitCode.BadInput, "--bundle and --request go together") { Advice = "docs/policy-testing.md shows a request file." });
        var reading = BundleFolder.Read(folder);
        if (reading is not BundleReading.Read { Archive: var archive })
            return screen.Fail(BundleProblems.Of(folder, ((BundleReading.Refused)reading).Problems));
        List<PolicyProblem> problems = [];
        if (RequestFile.Read(file, folder, problems) is not { } asked)
            return screen.Fail(CaseFolder.Trouble(problems));
        var (world, trouble) = TrialWorlds.Make(archive, folder, asked.World, time);
        if (world is null)
            return screen.Fail(trouble!);

        var document = await DocumentAsync(world, asked.Call);
        screen.Document(document);
        var explanation = document.Deserialize(ApiJson.Default.Explanation)!;
        if (!screen.Json)
            ExplanationSheet.Show(screen, explanation, whole);
        return explanation.Outcome is "ALLOW" or "ALLOW_WITH_CONSTRAINTS" ? ExitCode.Done : ExitCode.No;
    }

    private static async Task<JsonObject> DocumentAsync(TrialWorld world, TrialCall call)
    {
        var answer = await world.DecideAsync(call);
        return new JsonObject
        {
            ["outcome"] = answer.Outcome.Word(),
            ["code"] = answer.Code,
            ["detail"] = answer.Detail,
            ["rules"] = Json(answer.Rules),
            ["constraints"] = Json(answer.Constraints),
            ["approvers"] = Json(answer.Approvers),
            ["remedy"] = answer.Remedy is { } remedy ? new JsonObject { ["tool"] = remedy.Tool, ["arguments"] = Json(remedy.Arguments.Value) } : null,
            ["gates"] = new JsonArray([new JsonObject { ["name"] = answer.Gate, ["result"] = answer.Outcome > Outcome.AllowWithConstraints ? "refused" : "passed" }]),
            ["snapshot"] = world.SnapshotDigest,
            ["effective_arguments"] = answer is { Changed: true, Runs: { } runs } ? Json(runs.Value) : null,
            ["explained"] = Json(world.Explain(call)),
            ["changes"] = Json(await world.ChangesAsync(call)),
        };
    }

    private static JsonNode? Json<T>(T value) => JsonSerializer.SerializeToNode(value, StrictJson.Options);
}
