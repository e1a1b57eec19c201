using System.CommandLine;
using Writ.Cli.Terminal;

namespace Writ.Cli.Ledgers;

/// <summary><c>writ ledger</c>.</summary>
internal static class LedgerCommand
{
    public static Command Create(Session session) => new Verb("ledger", "Read a data folder and say what it proves. Needs no server.")
    {
        LedgerVerifyCommand.Create(session),
        LedgerShowCommand.Create(session),
    };
}
