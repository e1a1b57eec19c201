using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.People;

/// <summary><c>writ person</c>: who may act on Writ.</summary>
internal static class PersonCommand
{
    public static Command Create(Session session) => new Verb("person", "Add the people who may act on Writ, and see them.")
    {
        Add(session),
        List(session),
        Invite(session),
    };

    private static Verb Add(Session session)
    {
        var name = new Argument<string>("name") { Description = "Their name: lower-case letters, digits and inner hyphens." };
        var capabilities = new Option<string[]>("--capability") { Description = "platform, security, app or compliance; may be given several times.", HelpName = "CAPABILITY", AllowMultipleArgumentsPerToken = true };
        var teams = new Option<string[]>("--team") { Description = "A team they are in; may be given several times.", HelpName = "TEAM", AllowMultipleArgumentsPerToken = true };
        var command = new Verb("add", "Add a person. Their token is shown once.", "writ person add kim --capability app --team security-team") { name, capabilities, teams };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            JsonArray Words(Option<string[]> option) => [.. (call.Parse.GetValue(option) ?? []).Select(word => (JsonNode)word)];
            var body = new JsonObject { ["name"] = call.Parse.GetRequiredValue(name), ["capabilities"] = Words(capabilities), ["teams"] = Words(teams) };
            return call.Show(await call.Api.PostAsync("/v1/people", body, ApiJson.Default.PersonAnswer, cancellation), answer =>
            {
                Show(call.Screen, [answer.Person]);
                call.Screen.Facts([("token", InertText.Of(answer.Token))]);
                call.Screen.Note("The token is shown here and never again.");
            });
        });
        return command;
    }

    private static Verb Invite(Session session)
    {
        var name = new Argument<string>("name") { Description = "Who." };
        var command = new Verb("invite", "Let a person enrol a passkey in a browser. The link works once and for a day; it is shown once.", "writ person invite kim") { name };
        session.RunAgainstServer(command, async (call, cancellation) =>
            call.Show(await call.Api.PostAsync($"/v1/people/{Uri.EscapeDataString(call.Parse.GetRequiredValue(name))}/invite", new JsonObject(), ApiJson.Default.InvitationAnswer, cancellation), answer =>
            {
                call.Screen.Facts([("link", InertText.Of(answer.Link)), ("until", InertText.Of(answer.ExpiresAt.ToString("u", CultureInfo.InvariantCulture)))]);
                call.Screen.Note("Whoever opens the link first enrols: hand it over in person or where only they read.");
            }));
        return command;
    }

    private static Verb List(Session session)
    {
        var command = new Verb("list", "List the people with their capabilities and teams.", "writ person list");
        session.RunAgainstServer(command, async (call, cancellation) =>
            call.Show(await call.Api.GetAsync("/v1/people", ApiJson.Default.PersonList, cancellation), list => Show(call.Screen, list.People)));
        return command;
    }

    private static void Show(Screen screen, IReadOnlyList<PersonView> people) => screen.Table(
        ["PERSON", "CAPABILITIES", "TEAMS"],
        people.Select(person => (string[])[InertText.Of(person.Name), InertText.Of(string.Join(", ", person.Capabilities)), InertText.Of(string.Join(", ", person.Teams))]));
}
