using System.CommandLine;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Servers;

/// <summary><c>writ server list</c>.</summary>
internal static class ServerListCommand
{
    public static Command Create(Session session)
    {
        var command = new Verb("list", "List the servers with their tools: which are admitted, which are quarantined and why.", "writ server list");
        session.RunAgainstServer(command, async (call, cancellation) =>
            call.Show(await call.Api.GetAsync("/v1/servers", ApiJson.Default.ServerList, cancellation), list =>
            {
                if (list.Servers.Count == 0)
                    call.Screen.Line("no servers yet: add one with `writ server add FILE`");
                else
                    ServerTable.Show(call.Screen, list.Servers);
            }));
        return command;
    }
}
