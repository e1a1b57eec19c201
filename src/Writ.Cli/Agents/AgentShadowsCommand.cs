using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Agents;

/// <summary><c>writ agent shadows</c>: who knocked at a door and is not known.</summary>
internal static class AgentShadowsCommand
{
    public static Command Create(Session session) => new Verb("shadows", "See who knocked at a door and is not known; make a draft of one, or dismiss it.") { List(session), Register(session), Dismiss(session) };

    private static Verb List(Session session)
    {
        var all = new Option<bool>("--all") { Description = "Those too that somebody dismissed." };
        var command = new Verb("list", "List who knocked and is not known, with what they tried. None of them has any right.", "writ agent shadows list") { all };
        session.RunAgainstServer(command, async (call, cancellation) => call.Show(
            await call.Api.GetAsync(call.Parse.GetValue(all) ? "/v1/shadow-agents?all=true" : "/v1/shadow-agents", ApiJson.Default.ShadowAgentList, cancellation), list => Show(call.Screen, list)));
        return command;
    }

    private static Verb Register(Session session)
    {
        var (id, name) = (Id(), new Argument<string>("name") { Description = "What to call the agent." });
        var owner = new Option<string?>("--owner") { Description = "Who will answer for it. Default: you.", HelpName = "PERSON" };
        var team = new Option<string?>("--team") { Description = "Whose it will be.", HelpName = "TEAM" };
        var command = new Verb("register", "Make a draft of one. It has no right, and no key until you issue one.", "writ agent shadows register 5f1c… nightly --owner kim") { id, name, owner, team };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var body = new JsonObject { ["name"] = call.Parse.GetRequiredValue(name) };
            foreach (var (member, option) in new[] { ("owner", owner), ("team", team) })
            {
                if (call.Parse.GetValue(option) is { } text)
                    body[member] = text;
            }

            return call.Show(
                await call.Api.PostAsync($"/v1/shadow-agents/{Uri.EscapeDataString(call.Parse.GetRequiredValue(id))}/register", body, ApiJson.Default.AgentAnswer, cancellation),
                answer => call.Screen.Line(InertText.Of($"{answer.Agent.Name} is a {answer.Agent.Lifecycle} of {answer.Agent.Owner}: {answer.Agent.Id}")));
        });
        return command;
    }

    private static Verb Dismiss(Session session)
    {
        var id = Id();
        var reason = new Option<string>("--reason") { Description = "Why; it is recorded.", HelpName = "TEXT", Required = true };
        var command = new Verb("dismiss", "Take one off the list for good.", "writ agent shadows dismiss 5f1c… --reason 'our monitoring'") { id, reason };
        session.RunAgainstServer(command, async (call, cancellation) => call.Show(
            await call.Api.PostAsync(
                $"/v1/shadow-agents/{Uri.EscapeDataString(call.Parse.GetRequiredValue(id))}/dismiss", new JsonObject { ["reason"] = call.Parse.GetRequiredValue(reason) }, ApiJson.Default.ShadowAgentList, cancellation),
            list => Show(call.Screen, list)));
        return command;
    }

    private static void Show(Screen screen, ShadowAgentList list)
    {
        if (list.Shadows.Count == 0)
            screen.Line("nobody knocked who is not known");
        else
            screen.Table(
                ["ID", "SHOWED", "CLIENT", "FROM", "TRIED", "TIMES", "LAST SEEN", "DRAFT"],
                list.Shadows.Select(shadow => new[]
                {
                    shadow.Id, shadow.KeyId is null ? shadow.Credential : $"{shadow.Credential} {shadow.KeyId}", shadow.Client ?? "", shadow.Address, string.Join(", ", shadow.Tried),
                    shadow.Count.ToString(CultureInfo.InvariantCulture), Instant.Of(shadow.LastSeen), shadow.Draft ?? "",
                }.Select(cell => InertText.Of(cell, 80)).ToArray()));
        if (list.Dismissed > 0)
            screen.Note($"{list.Dismissed} are dismissed: --all shows them");
    }

    private static Argument<string> Id() => new("id") { Description = "The shadow agent, as `writ agent shadows list` shows it." };
}
