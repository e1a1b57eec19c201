using System.CommandLine;
using Writ.Cli.Terminal;

namespace Writ.Cli.Archives;

/// <summary><c>writ ledger archive</c>.</summary>
internal static class ArchiveCommand
{
    public static Command Create(Session session) => new Verb("archive", "Ask how far the ledger is archived, verify an archive without the installation it came from, or take it out again.")
    {
        ArchiveStatusCommand.Create(session),
        ArchiveVerifyCommand.Create(session),
        ArchiveRestoreCommand.Create(session),
    };
}
