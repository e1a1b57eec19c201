using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Cli.Agents;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy explain</c>: what would be decided about a call, and why. Nothing is recorded as a decision.</summary>
internal static class PolicyExplainCommand
{
    public static Command Create(Session session) => Create(
        session, "explain", whole: true,
        "Ask what would be decided if an agent made a call, by which rules, which clause says so, and what would change it. Ends with 1 where it would not go through at once.",
        """writ policy explain support-agent support-desk/refund_order --arguments '{"order_id":"NW-1011","amount":240.00,"reason":"leaks"}'""",
        "writ policy explain --bundle samples/policies/support-desk --request request.yaml");

    /// <summary>The command of a name: what it asks is the same, how much it shows is not.</summary>
    public static Command Create(Session session, string verb, bool whole, string description, params string[] examples)
    {
        var agent = new Argument<string?>("agent") { Description = "The agent's name or id.", Arity = ArgumentArity.ZeroOrOne };
        var tool = new Argument<string?>("tool") { Description = "The tool, as server/tool.", HelpName = "server/tool", Arity = ArgumentArity.ZeroOrOne };
        var arguments = new Option<string?>("--arguments") { Description = "The call's arguments as a JSON object, or @FILE. Default {}.", HelpName = "JSON|@FILE" };
        var whatIf = new WhatIf();
        var offline = new OfflineQuestion();
        var connection = new ConnectionFlags();
        var command = new Verb(verb, description, examples) { agent, tool, arguments };
        whatIf.AddTo(command);
        offline.AddTo(command);
        connection.AddTo(command);
        session.Run(command, async (parse, screen, cancellation) =>
        {
            var (who, what) = (parse.GetValue(agent), parse.GetValue(tool));
            if (offline.IsAsked(parse))
                return who is null ? await offline.AnswerAsync(parse, screen, session.Time, whole) : screen.Fail(new Trouble(ExitCode.BadInput, "either an agent and a tool, or --bundle and --request"));
            if (who is null || what is null)
                return screen.Fail(new Trouble(ExitCode.BadInput, "an agent and a tool are missing") { Advice = $"See: writ policy {verb} --help" });
            switch (connection.Open(parse, session.Environment))
            {
                case ConnectionOpening.Refused refused:
                    return screen.Fail(refused.Trouble);
                case ConnectionOpening.Opened opened:
                    using (opened.Client)
                        return await AskAsync(new ApiCall(parse, screen, opened.Client), who, what, parse.GetValue(arguments), whatIf, whole, cancellation);
                default:
                    throw new InvalidOperationException();
            }
        });
        return command;
    }

    private static async Task<ExitCode> AskAsync(ApiCall call, string agent, string tool, string? arguments, WhatIf whatIf, bool whole, CancellationToken cancellation)
    {
        if (tool.Split('/', 2) is not [{ Length: > 0 } server, { Length: > 0 } toolName])
            return call.Screen.Fail(new Trouble(ExitCode.BadInput, $"'{tool}' is not server/tool") { Advice = "See them with `writ server list`." });
        if (ReadArguments(arguments, out var trouble) is not { } given)
            return call.Screen.Fail(trouble!);
        switch (await AgentNames.FindAsync(call, agent, cancellation))
        {
            case ApiResult<AgentView>.Failed failed:
                return call.Screen.Fail(failed.Trouble);
            case ApiResult<AgentView>.Ok found:
                var body = new JsonObject { ["agent"] = found.Value.Id, ["server"] = server, ["tool"] = toolName, ["arguments"] = given };
                if (whatIf.AddTo(body, call.Parse) is { } wrong)
                    return call.Screen.Fail(wrong);
                var answer = await call.Api.PostAsync("/v1/explain", body, ApiJson.Default.Explanation, cancellation);
                var shown = call.Show(answer, explanation => ExplanationSheet.Show(call.Screen, explanation, whole));
                return answer is ApiResult<Explanation>.Ok { Value.Outcome: not ("ALLOW" or "ALLOW_WITH_CONSTRAINTS") } ? ExitCode.No : shown;
            default:
                throw new InvalidOperationException();
        }
    }

    private static JsonObject? ReadArguments(string? text, out Trouble? trouble)
    {
        trouble = null;
        if (text is null)
            return [];
        if (text.StartsWith('@'))
            return JsonFile.Read(text[1..], out trouble);
        try
        {
            if (JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = false }) is JsonObject read)
                return read;
        }
        catch (JsonException)
        {
            // said below
        }

        trouble = new Trouble(ExitCode.BadInput, "--arguments is not a JSON object") { Advice = """Write it like --arguments '{"order_id":"NW-1007"}', or --arguments @call.json""" };
        return null;
    }
}
