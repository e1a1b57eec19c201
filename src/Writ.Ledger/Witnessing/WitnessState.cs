namespace Writ.Ledger.Witnessing;

/// <summary>How one witness stands to one log. Immutable.</summary>
/// <param name="Witness">The witness's name in the policy.</param>
/// <param name="CosignedSize">The size of the newest checkpoint it cosigned, as far as this process knows; 0 for none.</param>
/// <param name="CosignedAt">When it said so, by its own clock; null for never.</param>
/// <param name="Fault">Why the last request got no cosignature; null when it did.</param>
/// <param name="AskAgainAt">Not asked before then; null when it is asked with the next checkpoint.</param>
public sealed record WitnessState(string Witness, ulong CosignedSize, DateTimeOffset? CosignedAt, LedgerFault? Fault, DateTimeOffset? AskAgainAt)
{
    /// <summary>The size the witness is thought to have, from which the next proof starts.</summary>
    internal ulong KnownSize { get; init; }

    /// <summary>How many requests in a row got no cosignature.</summary>
    internal int Failures { get; init; }
}
