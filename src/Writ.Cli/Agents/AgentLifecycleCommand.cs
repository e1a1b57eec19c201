using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Agents;

/// <summary><c>writ agent suspend</c>, <c>activate</c> and <c>retire</c>: whether an agent may act, and why that changed.</summary>
internal static class AgentLifecycleCommand
{
    public static Command Suspend(Session session)
    {
        var cause = new Option<string?>("--cause")
        {
            Description = "manual (the default), kill or quarantine: after the last two another person has to let it act again.", HelpName = "CAUSE",
        };
        cause.AcceptOnlyFromAmong("manual", "kill", "quarantine");
        return Create(session, "suspend", "Stop an agent: from now on everything it asks for is refused.", "writ agent suspend support-agent --reason 'sends odd mails'", cause);
    }

    public static Command Activate(Session session) =>
        Create(session, "activate", "Let a suspended or draft agent act again. In production that takes a backup owner, named tools, a ceiling for its tasks, a key and a stated model.",
            "writ agent activate support-agent --reason 'prompt fixed in version 12'");

    public static Command Retire(Session session) =>
        Create(session, "retire", "Stop an agent for good: its keys and grants are gone, its name stays taken, its records stay.", "writ agent retire support-agent --reason 'replaced by desk-agent'");

    private static Verb Create(Session session, string verb, string description, string example, Option<string?>? cause = null)
    {
        var agent = new Argument<string>("agent") { Description = "Its name or id." };
        var reason = new Option<string>("--reason") { Description = "Why; it is recorded.", HelpName = "TEXT", Required = true };
        var command = new Verb(verb, description, example) { agent, reason };
        if (cause is not null)
            command.Add(cause);
        session.RunAgainstServer(command, (call, cancellation) => AgentNames.WithAsync(call, agent, async found =>
        {
            var body = new JsonObject { ["reason"] = call.Parse.GetRequiredValue(reason) };
            if (cause is not null && call.Parse.GetValue(cause) is { } word)
                body["cause"] = word;
            var answer = await call.Api.PostAsync($"/v1/agents/{Uri.EscapeDataString(found.Id)}/{verb}", body, ApiJson.Default.AgentAnswer, cancellation);
            return call.Show(answer, a => call.Screen.Line($"{InertText.Of(a.Agent.Name)} is {InertText.Of(a.Agent.Lifecycle)}"));
        }, cancellation));
        return command;
    }
}
