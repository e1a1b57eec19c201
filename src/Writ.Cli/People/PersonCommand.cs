using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.People;

/// <summary><c>writ person</c>: who may act on Writ.</summary>
internal static class PersonCommand
{
    public static Command Create(Session session) => new Verb("person", "Add the people who may act on Writ, see them, and end it when they leave.")
    {
        Add(session),
        List(session),
        Invite(session),
        Invitations(session),
        Uninvite(session),
        Change(session, "give", "Let a person do more: everywhere, or to the agents of one team.", "writ person give kim app --team billing --reason 'on call'"),
        Change(session, "take", "Let a person do less, at once.", "writ person take kim app --team billing --reason 'moved'"),
        Leave(session),
        Return(session),
    };

    private static Verb Add(Session session)
    {
        var name = new Argument<string>("name") { Description = "Their name: lower-case letters, digits and inner hyphens." };
        var capabilities = new Option<string[]>("--capability") { Description = "platform, security, app, compliance, data_protection or product; may be given several times.", HelpName = "CAPABILITY", AllowMultipleArgumentsPerToken = true };
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

    private static Verb Invitations(Session session)
    {
        var name = new Argument<string>("name") { Description = "Who." };
        var command = new Verb("invitations", "List the invitations of a person that wait. Their links were shown once and are not shown again.", "writ person invitations kim") { name };
        session.RunAgainstServer(command, async (call, cancellation) =>
            call.Show(await call.Api.GetAsync($"/v1/people/{Uri.EscapeDataString(call.Parse.GetRequiredValue(name))}/invitations", ApiJson.Default.InvitationList, cancellation), list => Show(call.Screen, list)));
        return command;
    }

    private static Verb Uninvite(Session session)
    {
        var name = new Argument<string>("name") { Description = "Who." };
        var id = new Argument<string>("id") { Description = "Which, by the id that `writ person invitations` shows." };
        var reason = new Option<string>("--reason") { Description = "Why, for the record.", HelpName = "WORDS" };
        var command = new Verb("uninvite", "Take an invitation back, at once.", "writ person uninvite kim 0192… --reason 'sent to the wrong room'") { name, id, reason };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var path = $"/v1/people/{Uri.EscapeDataString(call.Parse.GetRequiredValue(name))}/invitations/{Uri.EscapeDataString(call.Parse.GetRequiredValue(id))}";
            return call.Show(await call.Api.DeleteAsync(call.Parse.GetValue(reason) is { } why ? $"{path}?reason={Uri.EscapeDataString(why)}" : path, ApiJson.Default.InvitationList, cancellation), list => Show(call.Screen, list));
        });
        return command;
    }

    private static Verb Change(Session session, string verb, string description, string example)
    {
        var name = new Argument<string>("name") { Description = "Who." };
        var capabilities = new Argument<string[]>("capability") { Description = "platform, security, app, compliance, data_protection or product; one or more.", Arity = ArgumentArity.OneOrMore };
        var team = new Option<string>("--team") { Description = "For the agents of this team alone: platform and app.", HelpName = "TEAM" };
        var reason = new Option<string>("--reason") { Description = "Why, for the record.", HelpName = "WORDS", Required = true };
        var command = new Verb(verb, description, example) { name, capabilities, team, reason };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var body = new JsonObject
            {
                ["capabilities"] = new JsonArray([.. call.Parse.GetRequiredValue(capabilities).Select(word => (JsonNode)word)]), ["reason"] = call.Parse.GetRequiredValue(reason),
            };
            if (call.Parse.GetValue(team) is { } one)
                body["team"] = one;
            return call.Show(
                await call.Api.PostAsync($"/v1/people/{Uri.EscapeDataString(call.Parse.GetRequiredValue(name))}/capabilities/{verb}", body, ApiJson.Default.PersonView, cancellation), person => Show(call.Screen, [person]));
        });
        return command;
    }

    private static Verb Leave(Session session)
    {
        var name = new Argument<string>("name") { Description = "Who." };
        var reason = new Option<string>("--reason") { Description = "Why, for the record.", HelpName = "WORDS", Required = true };
        var command = new Verb("leave", "End a person's membership at once: every way in, every capability, every team. Backup owners take over, agents of nobody stop.", "writ person leave kim --reason 'another job'") { name, reason };
        session.RunAgainstServer(command, async (call, cancellation) => call.Show(
            await call.Api.DeleteAsync($"/v1/people/{Uri.EscapeDataString(call.Parse.GetRequiredValue(name))}?reason={Uri.EscapeDataString(call.Parse.GetRequiredValue(reason))}", ApiJson.Default.PersonView, cancellation),
            person => Show(call.Screen, [person])));
        return command;
    }

    private static Verb Return(Session session)
    {
        var name = new Argument<string>("name") { Description = "Who." };
        var capabilities = new Option<string[]>("--capability") { Description = "What they may do from now on; may be given several times. Default: nothing.", HelpName = "CAPABILITY", AllowMultipleArgumentsPerToken = true };
        var reason = new Option<string>("--reason") { Description = "Why, for the record.", HelpName = "WORDS", Required = true };
        var command = new Verb("return", "Let a person who left be of the organization again. No way in of before works: invite them.", "writ person return kim --capability app --reason 'back again'") { name, capabilities, reason };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var body = new JsonObject { ["capabilities"] = new JsonArray([.. (call.Parse.GetValue(capabilities) ?? []).Select(word => (JsonNode)word)]), ["reason"] = call.Parse.GetRequiredValue(reason) };
            return call.Show(await call.Api.PostAsync($"/v1/people/{Uri.EscapeDataString(call.Parse.GetRequiredValue(name))}/return", body, ApiJson.Default.PersonView, cancellation), person => Show(call.Screen, [person]));
        });
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
        ["PERSON", "NAME", "CAPABILITIES", "TEAMS", "LEFT"],
        people.Select(person => (string[])
        [
            InertText.Of(person.Name), InertText.Of(person.UserName ?? (person.DisplayName == person.Name ? "" : person.DisplayName)), InertText.Of(string.Join(", ", person.Capabilities.Concat((person.TeamCapabilities ?? new Dictionary<string, IReadOnlyList<string>>()).SelectMany(held => held.Value.Select(word => $"{word} of {held.Key}"))))),
            InertText.Of(string.Join(", ", person.Teams)), person.LeftAt?.ToString("u", CultureInfo.InvariantCulture) ?? "",
        ]));

    private static void Show(Screen screen, InvitationList list)
    {
        if (list.Invitations.Count == 0)
            screen.Line($"no invitation of {InertText.Of(list.Person)} waits");
        else
            screen.Table(["ID", "UNTIL"], list.Invitations.Select(one => (string[])[InertText.Of(one.Id), one.ExpiresAt.ToString("u", CultureInfo.InvariantCulture)]));
    }
}
