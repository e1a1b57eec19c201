using System.CommandLine;
using Writ.Cli.Archives;
using Writ.Cli.Evidence;
using Writ.Cli.Terminal;

namespace Writ.Cli.Ledgers;

/// <summary><c>writ ledger</c>.</summary>
internal static class LedgerCommand
{
    public static Command Create(Session session) => new Verb("ledger", "Ask the ledger, and say what it proves: of a server, of a data folder, of a log that is served, or of one record.")
    {
        LedgerQueryCommand.Create(session),
        LedgerTailCommand.Create(session),
        LedgerVerifyCommand.Create(session),
        LedgerShowCommand.Create(session),
        LedgerProveCommand.Create(session),
        LedgerExportCommand.Create(session),
        ArchiveCommand.Create(session),
        LedgerRotateKeyCommand.Create(session),
    };
}
