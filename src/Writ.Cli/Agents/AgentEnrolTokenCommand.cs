using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Agents;

/// <summary><c>writ agent enrol-token</c>: makes a one-time token by which an agent introduces itself.</summary>
internal static class AgentEnrolTokenCommand
{
    public static Command Create(Session session)
    {
        var owner = new Option<string?>("--owner") { Description = "Who will answer for the agent. Default: you.", HelpName = "PERSON" };
        var team = new Option<string?>("--team") { Description = "Whose it will be.", HelpName = "TEAM" };
        var environment = new Option<string>("--environment") { Description = "Where it is meant to run.", DefaultValueFactory = _ => "development" };
        var hours = new Option<int>("--hours") { Description = "How long the token waits, 1 to 168.", DefaultValueFactory = _ => 24, HelpName = "N" };
        var reason = new Option<string>("--reason") { Description = "What for; it is recorded.", HelpName = "TEXT", Required = true };
        var command = new Verb("enrol-token", "Make a one-time token by which an agent introduces itself. It becomes a draft without any right; the token is shown this once.",
            "writ agent enrol-token --owner kim --team billing --reason 'the nightly job'",
            "curl -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' -d '{\"name\":\"nightly\",\"framework\":\"langgraph\"}' http://127.0.0.1:7070/v1/enrol")
        {
            owner, team, environment, hours, reason,
        };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var body = new JsonObject
            {
                ["reason"] = call.Parse.GetRequiredValue(reason), ["hours"] = call.Parse.GetValue(hours), ["environment"] = call.Parse.GetRequiredValue(environment),
            };
            foreach (var (member, option) in new[] { ("owner", owner), ("team", team) })
            {
                if (call.Parse.GetValue(option) is { } text)
                    body[member] = text;
            }

            return call.Show(await call.Api.PostAsync("/v1/enrolments", body, ApiJson.Default.EnrolmentAnswer, cancellation), answer => Show(call.Screen, answer));
        });
        return command;
    }

    private static void Show(Screen screen, EnrolmentAnswer answer)
    {
        screen.Facts(
        [
            ("token", InertText.Of(answer.Token)),
            ("for", InertText.Of($"{answer.Enrolment.Owner}, team {answer.Enrolment.Team}, {answer.Enrolment.Environment}")),
            ("expires", Instant.Of(answer.Enrolment.ExpiresAt)),
        ]);
        screen.Note("The token is not shown again. The agent sends it once, to POST /v1/enrol, and becomes a draft that may do nothing until somebody activates it.");
    }
}
