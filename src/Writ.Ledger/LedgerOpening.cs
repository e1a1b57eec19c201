namespace Writ.Ledger;

/// <summary>The answer to opening a ledger: one of the two nested cases.</summary>
public abstract record LedgerOpening
{
    private LedgerOpening()
    {
    }

    /// <summary>The ledger is open for reading and appending.</summary>
    /// <param name="Ledger">The ledger; dispose it.</param>
    /// <param name="Report">What was found on disk.</param>
    public sealed record Opened(MerkleLedger Ledger, RecoveryReport Report) : LedgerOpening;

    /// <summary>The ledger was not opened and nothing on disk was changed.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record Refused(LedgerFault Fault) : LedgerOpening;
}
