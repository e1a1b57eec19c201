using System.CommandLine;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Agents;

/// <summary><c>writ agent list</c>.</summary>
internal static class AgentListCommand
{
    public static Command Create(Session session)
    {
        var command = new Verb("list", "List the agents: who they are, whether they may act, and what they are granted.", "writ agent list");
        session.RunAgainstServer(command, async (call, cancellation) =>
            call.Show(await call.Api.GetAsync("/v1/agents", ApiJson.Default.AgentList, cancellation), list => Show(call.Screen, list.Agents)));
        return command;
    }

    private static void Show(Screen screen, IReadOnlyList<AgentView> agents)
    {
        if (agents.Count == 0)
            screen.Line("no agents yet: add one with `writ agent add NAME`");
        else
            screen.Table(
                ["NAME", "LIFECYCLE", "VERSION", "ENVIRONMENT", "OWNER", "GRANTS", "ID"],
                agents.Select(a => new[] { a.Name, a.Lifecycle, a.Version, a.Environment, a.Owner, Grants(a.Grants), a.Id }.Select(cell => InertText.Of(cell)).ToArray()));
    }

    private static string Grants(IReadOnlyList<string> grants) =>
        grants.Count == 0 ? "none" : grants.Count <= 3 ? string.Join(", ", grants) : $"{string.Join(", ", grants.Take(2))} and {grants.Count - 2} more";
}
