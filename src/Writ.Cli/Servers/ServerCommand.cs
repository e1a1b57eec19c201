using System.CommandLine;
using Writ.Cli.Terminal;

namespace Writ.Cli.Servers;

/// <summary><c>writ server</c>.</summary>
internal static class ServerCommand
{
    public static Command Create(Session session) => new Verb("server", "Register the MCP servers whose tools agents may call, and see them.")
    {
        ServerAddCommand.Create(session),
        ServerDraftCommand.Create(session),
        ServerListCommand.Create(session),
    };
}
