namespace Writ.Ledger.Checkpoints;

/// <summary>The answer to a request for a signed checkpoint: one of the two nested cases.</summary>
public abstract record CheckpointSigning
{
    private CheckpointSigning()
    {
    }

    /// <summary>Signed, and kept durably before it was handed out.</summary>
    /// <param name="Signed">The checkpoint.</param>
    public sealed record Done(SignedCheckpoint Signed) : CheckpointSigning;

    /// <summary>Not signed.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record Refused(LedgerFault Fault) : CheckpointSigning;
}
