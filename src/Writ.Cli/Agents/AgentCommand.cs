using System.CommandLine;
using Writ.Cli.Terminal;

namespace Writ.Cli.Agents;

/// <summary><c>writ agent</c>.</summary>
internal static class AgentCommand
{
    public static Command Create(Session session) => new Verb("agent", "Register agents, see them, stop them and let them act again.")
    {
        AgentAddCommand.Create(session),
        AgentListCommand.Create(session),
        AgentVersionCommand.Create(session),
        AgentLifecycleCommand.Suspend(session),
        AgentLifecycleCommand.Activate(session),
    };
}
