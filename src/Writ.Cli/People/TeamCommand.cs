using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.People;

/// <summary><c>writ team</c>: the teams that policies name as approvers.</summary>
internal static class TeamCommand
{
    public static Command Create(Session session) => new Verb("team", "Create the teams that policies name as approvers, and say who is in them.")
    {
        CreateTeam(session),
        Change(session, "join", "Put a person into a team: they approve what it may approve.", "writ team join security-team kim"),
        Change(session, "leave", "Take a person out of a team; in force at once.", "writ team leave security-team kim"),
        List(session),
    };

    private static Verb CreateTeam(Session session)
    {
        var name = new Argument<string>("name") { Description = "Its name: lower-case letters, digits and inner hyphens." };
        var members = new Option<string[]>("--member") { Description = "Who is in it; may be given several times.", HelpName = "PERSON", AllowMultipleArgumentsPerToken = true };
        var command = new Verb("create", "Create a team.", "writ team create security-team --member kim") { name, members };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var body = new JsonObject
            {
                ["name"] = call.Parse.GetRequiredValue(name),
                ["members"] = new JsonArray([.. (call.Parse.GetValue(members) ?? []).Select(member => (JsonNode)member)]),
            };
            return call.Show(await call.Api.PostAsync("/v1/teams", body, ApiJson.Default.TeamAnswer, cancellation), answer => Show(call.Screen, [answer.Team]));
        });
        return command;
    }

    private static Verb Change(Session session, string verb, string description, string example)
    {
        var team = new Argument<string>("team") { Description = "The team." };
        var person = new Argument<string>("person") { Description = "The person." };
        var command = new Verb(verb, description, example) { team, person };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var path = $"/v1/teams/{Uri.EscapeDataString(call.Parse.GetRequiredValue(team))}/{verb}";
            var body = new JsonObject { ["person"] = call.Parse.GetRequiredValue(person) };
            return call.Show(await call.Api.PostAsync(path, body, ApiJson.Default.TeamAnswer, cancellation), answer => Show(call.Screen, [answer.Team]));
        });
        return command;
    }

    private static Verb List(Session session)
    {
        var command = new Verb("list", "List the teams with the people in them.", "writ team list");
        session.RunAgainstServer(command, async (call, cancellation) =>
            call.Show(await call.Api.GetAsync("/v1/teams", ApiJson.Default.TeamList, cancellation), list =>
            {
                if (list.Teams.Count == 0)
                    call.Screen.Line("no teams yet: create one with `writ team create NAME`");
                else
                    Show(call.Screen, list.Teams);
            }));
        return command;
    }

    private static void Show(Screen screen, IReadOnlyList<TeamView> teams) => screen.Table(
        ["TEAM", "MEMBERS"],
        teams.Select(team => (string[])[InertText.Of(team.Name), team.Members.Count == 0 ? "nobody" : InertText.Of(string.Join(", ", team.Members))]));
}
