using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.People;

/// <summary><c>writ directory</c>: the directories that say, by SCIM, who is of the organization.</summary>
internal static class DirectoryCommand
{
    public static Command Create(Session session) => new Verb("directory", "Let a directory say by SCIM who is of the organization, and which teams its groups keep.")
    {
        Add(session),
        List(session),
        Revoke(session),
        Keep(session),
        Release(session),
        Hand(session),
    };

    private static Verb Add(Session session)
    {
        var label = new Argument<string>("label") { Description = "What you call it." };
        var days = new Option<int>("--days") { Description = "How long its token works, 1 to 366 days.", HelpName = "DAYS", DefaultValueFactory = _ => 180 };
        var provider = new Option<string>("--provider") { Description = "The OpenID provider with which its users have their accounts: they are linked as they come.", HelpName = "NAME" };
        var subject = new Option<string>("--subject") { Description = "Which attribute of a user the provider's 'sub' is: external_id or user_name.", HelpName = "ATTRIBUTE" };
        var command = new Verb("add", "Let a directory in. Its token is shown once.", "writ directory add corp --provider corp --subject external_id") { label, days, provider, subject };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var body = new JsonObject { ["label"] = call.Parse.GetRequiredValue(label), ["days"] = call.Parse.GetValue(days), ["provider"] = call.Parse.GetValue(provider), ["subject"] = call.Parse.GetValue(subject) };
            return call.Show(await call.Api.PostAsync("/v1/directories", body, ApiJson.Default.DirectoryAnswer, cancellation), answer =>
            {
                Show(call.Screen, [answer.Directory]);
                call.Screen.Facts([("url", InertText.Of(answer.Url)), ("token", InertText.Of(answer.Token))]);
                call.Screen.Note("The token is shown here and never again. Give both to the directory.");
            });
        });
        return command;
    }

    private static Verb List(Session session)
    {
        var command = new Verb("list", "List the directories and their groups.", "writ directory list");
        session.RunAgainstServer(command, async (call, cancellation) => call.Show(await call.Api.GetAsync("/v1/directories", ApiJson.Default.DirectoryList, cancellation), list => Show(call.Screen, list)));
        return command;
    }

    private static Verb Revoke(Session session)
    {
        var id = new Argument<string>("id") { Description = "Which, by the id that the list shows." };
        var reason = Reason();
        var command = new Verb("revoke", "Revoke a directory's token, at once and for good. Its people stay as they are.", "writ directory revoke 0192… --reason 'moved'") { id, reason };
        session.RunAgainstServer(command, (call, cancellation) => PostAsync(call, $"/v1/directories/{Uri.EscapeDataString(call.Parse.GetRequiredValue(id))}/revoke", new JsonObject { ["reason"] = call.Parse.GetRequiredValue(reason) }, cancellation));
        return command;
    }

    private static Verb Keep(Session session)
    {
        var group = new Argument<string>("group") { Description = "The group, by the id that the list shows." };
        var team = new Argument<string>("team") { Description = "The team that is to have its members, and no others." };
        var command = new Verb("keep", "Let a group keep a team. Two people say so; the first only proposes.", "writ directory keep 0192… security-team") { group, team };
        session.RunAgainstServer(command, (call, cancellation) => PostAsync(call, $"/v1/teams/{Uri.EscapeDataString(call.Parse.GetRequiredValue(team))}/directory", new JsonObject { ["group"] = call.Parse.GetRequiredValue(group) }, cancellation));
        return command;
    }

    private static Verb Release(Session session)
    {
        var team = new Argument<string>("team") { Description = "The team." };
        var reason = Reason();
        var command = new Verb("release", "Let people keep a team again, at once. Who is in it stays.", "writ directory release security-team --reason 'by hand'") { team, reason };
        session.RunAgainstServer(command, (call, cancellation) => PostAsync(call, $"/v1/teams/{Uri.EscapeDataString(call.Parse.GetRequiredValue(team))}/directory/release", new JsonObject { ["reason"] = call.Parse.GetRequiredValue(reason) }, cancellation));
        return command;
    }

    private static Verb Hand(Session session)
    {
        var person = new Argument<string>("person") { Description = "A person who was here before the directory." };
        var user = new Argument<string>("user-name") { Description = "What the directory calls them (userName)." };
        var label = new Option<string?>("--directory") { Description = "The directory's label. Default: the only one there is.", HelpName = "LABEL" };
        var command = new Verb("hand", "Let the directory speak of a person who is here already: it may send them away from then on.", "writ directory hand kim kim@corp.example") { person, user, label };
        session.RunAgainstServer(command, (call, cancellation) => PostAsync(call, $"/v1/people/{Uri.EscapeDataString(call.Parse.GetRequiredValue(person))}/directory", new JsonObject { ["user_name"] = call.Parse.GetRequiredValue(user), ["directory"] = call.Parse.GetValue(label) }, cancellation));
        return command;
    }

    private static Option<string> Reason() => new("--reason") { Description = "Why, for the record.", HelpName = "WORDS", Required = true };

    private static async Task<ExitCode> PostAsync(ApiCall call, string path, JsonObject body, CancellationToken cancellation) =>
        call.Show(await call.Api.PostAsync(path, body, ApiJson.Default.DirectoryList, cancellation), list => Show(call.Screen, list));

    private static void Show(Screen screen, DirectoryList list)
    {
        if (list.Directories.Count == 0)
            screen.Line("no directories: let one in with `writ directory add LABEL`");
        else
            Show(screen, list.Directories);
        if (list.Groups.Count > 0)
        {
            screen.Table(["GROUP", "NAME", "MEMBERS", "KEEPS"], list.Groups.Select(group => (string[])
            [
                group.Id.ToString(), InertText.Of(group.Name), group.Members.ToString(CultureInfo.InvariantCulture),
                InertText.Of(group.Team ?? (group.ProposedTeam is { } team ? $"proposed by {group.ProposedBy}: {team}" : "no team")),
            ]));
        }
    }

    private static void Show(Screen screen, IReadOnlyList<DirectoryView> directories) => screen.Table(
        ["ID", "LABEL", "ENDS", "LAST USED", "ACCOUNTS"],
        directories.Select(one => (string[])
        [
            InertText.Of(one.Id), InertText.Of(one.Label), one.ExpiresAt.ToString("u", CultureInfo.InvariantCulture), one.LastUsedAt?.ToString("u", CultureInfo.InvariantCulture) ?? "",
            InertText.Of(one.Provider is null ? "linked by people" : $"{one.Subject} at {one.Provider}"),
        ]));
}
