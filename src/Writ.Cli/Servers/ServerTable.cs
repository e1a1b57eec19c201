using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Servers;

/// <summary>Shows servers and the standing of their tools.</summary>
internal static class ServerTable
{
    public static void Show(Screen screen, IReadOnlyList<ServerView> servers)
    {
        screen.Table(
            ["SERVER", "TOOL", "EFFECT", "STANDING", "WHY"],
            servers.SelectMany(server => server.Tools.Count == 0
                ? [[InertText.Of(server.Slug), "none", "", "", ""]]
                : server.Tools.Select(tool => (string[])
                [
                    InertText.Of(server.Slug), InertText.Of(tool.Name), InertText.Of(tool.Effect ?? "not classified"), InertText.Of(tool.Standing), InertText.Of(tool.Cause ?? ""),
                ])));
    }
}
