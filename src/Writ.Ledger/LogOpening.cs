namespace Writ.Ledger;

/// <summary>The answer to opening or creating a log: one of the two nested cases.</summary>
public abstract record LogOpening
{
    private LogOpening()
    {
    }

    /// <summary>The log is there, durably.</summary>
    /// <param name="Log">Its handle.</param>
    public sealed record Opened(LogicalLog Log) : LogOpening;

    /// <summary>The log was not opened.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record Refused(LedgerFault Fault) : LogOpening;
}
