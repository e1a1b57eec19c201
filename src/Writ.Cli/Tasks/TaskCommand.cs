using System.CommandLine;
using Writ.Cli.Terminal;

namespace Writ.Cli.Tasks;

/// <summary><c>writ task</c>.</summary>
internal static class TaskCommand
{
    public static Command Create(Session session) => new Verb("task", "Open units of work that agents act in.") { TaskOpenCommand.Create(session) };
}
