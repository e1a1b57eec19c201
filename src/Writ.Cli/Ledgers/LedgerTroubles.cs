using Writ.Cli.Terminal;
using Writ.Ledger;

namespace Writ.Cli.Ledgers;

/// <summary>How a command ends on a fault of the ledger: what cannot be reached failed, what does not hold is a no, what cannot be read as what it claims to be is bad input.</summary>
internal static class LedgerTroubles
{
    public static Trouble Of(LedgerFault fault) => new(
        fault.Kind switch
        {
            LedgerFaultKind.LogUnreadable or LedgerFaultKind.ArchiveUnavailable => ExitCode.Failed,
            LedgerFaultKind.ProofMalformed => ExitCode.BadInput,
            _ => ExitCode.No,
        },
        fault.Detail)
    {
        Code = fault.Code,
    };
}
