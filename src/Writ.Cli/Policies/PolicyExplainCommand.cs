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
    public static Command Create(Session session)
    {
        var agent = new Argument<string>("agent") { Description = "The agent's name or id." };
        var tool = new Argument<string>("tool") { Description = "The tool, as server/tool.", HelpName = "server/tool" };
        var arguments = new Option<string?>("--arguments") { Description = "The call's arguments as a JSON object, or @FILE. Default {}.", HelpName = "JSON|@FILE" };
        var command = new Verb("explain", "Ask what would be decided if an agent made a call, and by which rules. Ends with 1 where it would not go through at once.",
            """writ policy explain support-agent support-desk/refund_order --arguments '{"order_id":"NW-1011","amount":240.00,"reason":"leaks"}'""")
        {
            agent, tool, arguments,
        };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var name = call.Parse.GetRequiredValue(tool);
            if (name.Split('/', 2) is not [{ Length: > 0 } server, { Length: > 0 } toolName])
                return call.Screen.Fail(new Trouble(ExitCode.BadInput, $"'{name}' is not server/tool") { Advice = "See them with `writ server list`." });
            if (ReadArguments(call.Parse.GetValue(arguments), out var trouble) is not { } given)
                return call.Screen.Fail(trouble!);
            switch (await AgentNames.FindAsync(call, call.Parse.GetRequiredValue(agent), cancellation))
            {
                case ApiResult<AgentView>.Failed failed:
                    return call.Screen.Fail(failed.Trouble);
                case ApiResult<AgentView>.Ok found:
                    var body = new JsonObject { ["agent"] = found.Value.Id, ["server"] = server, ["tool"] = toolName, ["arguments"] = given };
                    var answer = await call.Api.PostAsync("/v1/explain", body, ApiJson.Default.Explanation, cancellation);
                    var shown = call.Show(answer, explanation => Show(call.Screen, explanation));
                    return answer is ApiResult<Explanation>.Ok { Value.Outcome: not ("ALLOW" or "ALLOW_WITH_CONSTRAINTS") } ? ExitCode.No : shown;
                default:
                    throw new InvalidOperationException();
            }
        });
        return command;
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

    private static void Show(Screen screen, Explanation explanation)
    {
        screen.Pieces((InertText.Of(explanation.Outcome), Outcomes.Look(explanation.Outcome)));
        screen.Facts(
        [
            .. Fact("code", explanation.Code),
            .. Fact("detail", explanation.Detail),
            .. (explanation.Rules ?? []).SelectMany(rule => Fact("rule", rule)),
            .. (explanation.Constraints ?? []).SelectMany(constraint => Fact("limit", Json(constraint))),
            .. explanation.Approvers is { Count: > 0 } approvers ? Fact("approvers", string.Join(", ", approvers)) : [],
            .. explanation.Remedy is { ValueKind: JsonValueKind.Object } remedy ? Fact("instead", remedy.GetRawText()) : [],
            .. (explanation.Gates ?? []).SelectMany(gate => Fact("gate", $"{gate.Name}: {gate.Result}")),
        ]);
    }

    private static string Json(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static (string, string)[] Fact(string name, string? value) => value is null ? [] : [(name, InertText.Of(value))];
}
