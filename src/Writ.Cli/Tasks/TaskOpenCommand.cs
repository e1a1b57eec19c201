using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Agents;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Tasks;

/// <summary><c>writ task open</c>: a person vouches for a piece of work and gets the token that names it.</summary>
internal static class TaskOpenCommand
{
    public static Command Create(Session session)
    {
        var agent = new Argument<string>("agent") { Description = "The agent that does the work: its name or id." };
        var purpose = Text("--purpose", "What the work is for; policies can rely on it, because you vouch for it.");
        var user = Text("--on-behalf-of", "The user the agent acts for.");
        var workflow = Text("--workflow", "The workflow it is part of.");
        var request = Text("--request", "The words in which the work was asked for; kept sealed.");
        var scope = new Option<string[]>("--tool") { Description = "A tool that the work needs, server/tool or server/*; it reaches no others. May be given several times; without it, all that the agent has been given.", HelpName = "TOOL", AllowMultipleArgumentsPerToken = true };
        var command = new Verb("open", "Open a task for an agent and show its token, once. The agent sends it in the header Writ-Task.",
            "writ task open support-agent --purpose 'ticket 4711' --on-behalf-of customer-104")
        {
            agent, purpose, user, workflow, request, scope,
        };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            switch (await AgentNames.FindAsync(call, call.Parse.GetRequiredValue(agent), cancellation))
            {
                case ApiResult<AgentView>.Failed failed:
                    return call.Screen.Fail(failed.Trouble);
                case ApiResult<AgentView>.Ok found:
                    var body = new JsonObject { ["agent"] = found.Value.Id, ["interface"] = "writ" };
                    foreach (var (member, option) in new[] { ("purpose", purpose), ("on_behalf_of", user), ("workflow", workflow), ("request", request) })
                    {
                        if (call.Parse.GetValue(option) is { } text)
                            body[member] = text;
                    }

                    if (call.Parse.GetValue(scope) is { Length: > 0 } tools)
                        body["scope"] = new JsonArray([.. tools.Select(tool => (JsonNode)tool)]);
                    return call.Show(await call.Api.PostAsync("/v1/tasks", body, ApiJson.Default.TaskAnswer, cancellation), opened =>
                    {
                        call.Screen.Facts([("task", InertText.Of(opened.Task)), ("token", InertText.Of(opened.Token))]);
                        call.Screen.Note("The token is not shown again. The agent sends it as: Writ-Task: <token>");
                    });
                default:
                    throw new InvalidOperationException();
            }
        });
        return command;
    }

    private static Option<string?> Text(string name, string description) => new(name) { Description = description, HelpName = "TEXT" };
}
