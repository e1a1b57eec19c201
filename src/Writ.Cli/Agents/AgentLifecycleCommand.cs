using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Agents;

/// <summary><c>writ agent suspend</c> and <c>writ agent activate</c>: whether an agent may act, and why that changed.</summary>
internal static class AgentLifecycleCommand
{
    public static Command Suspend(Session session) =>
        Create(session, "suspend", "Stop an agent: from now on everything it asks for is refused.", "writ agent suspend support-agent --reason 'sends odd mails'");

    public static Command Activate(Session session) =>
        Create(session, "activate", "Let a suspended or draft agent act again.", "writ agent activate support-agent --reason 'prompt fixed in version 12'");

    private static Verb Create(Session session, string verb, string description, string example)
    {
        var agent = new Argument<string>("agent") { Description = "Its name or id." };
        var reason = new Option<string>("--reason") { Description = "Why; it is recorded.", HelpName = "TEXT", Required = true };
        var command = new Verb(verb, description, example) { agent, reason };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            switch (await AgentNames.FindAsync(call, call.Parse.GetRequiredValue(agent), cancellation))
            {
                case ApiResult<AgentView>.Failed failed:
                    return call.Screen.Fail(failed.Trouble);
                case ApiResult<AgentView>.Ok found:
                    var body = new JsonObject { ["reason"] = call.Parse.GetRequiredValue(reason) };
                    var answer = await call.Api.PostAsync($"/v1/agents/{Uri.EscapeDataString(found.Value.Id)}/{verb}", body, ApiJson.Default.AgentAnswer, cancellation);
                    return call.Show(answer, a => call.Screen.Line($"{InertText.Of(a.Agent.Name)} is {InertText.Of(a.Agent.Lifecycle)}"));
                default:
                    throw new InvalidOperationException();
            }
        });
        return command;
    }
}
