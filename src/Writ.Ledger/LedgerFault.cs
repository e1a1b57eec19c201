using System.Globalization;

namespace Writ.Ledger;

/// <summary>Why the ledger did not do what was asked, as a value. Immutable, thread safe.</summary>
/// <param name="Kind">Which of the closed set of kinds.</param>
/// <param name="Detail">What happened, where, and what to do, for people. Holds paths, never record contents.</param>
public sealed record LedgerFault(LedgerFaultKind Kind, string Detail)
{
    private const int FirstCode = 2000;

    /// <summary>The stable code, as in <c>WRIT2004</c>.</summary>
    public string Code => "WRIT" + (FirstCode + (int)Kind).ToString(CultureInfo.InvariantCulture);

    /// <summary>True when a record that met this fault may nevertheless be found in the log later.</summary>
    public bool OutcomeIsUnknown => Kind is LedgerFaultKind.FlushFailed or LedgerFaultKind.AwaitCancelled;

    /// <summary>Code and detail on one line.</summary>
    public override string ToString() => $"{Code} {Detail}";
}
