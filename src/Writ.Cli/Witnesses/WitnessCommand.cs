using System.CommandLine;
using Writ.Cli.Terminal;

namespace Writ.Cli.Witnesses;

/// <summary><c>writ witness</c>.</summary>
internal static class WitnessCommand
{
    public static Command Create(Session session) => new Verb("witness", "Watch other installations' logs, so that none can show two histories.")
    {
        WitnessServeCommand.Create(session),
    };
}
