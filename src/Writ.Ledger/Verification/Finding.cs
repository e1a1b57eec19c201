namespace Writ.Ledger.Verification;

/// <summary>One thing that is wrong, located. Immutable.</summary>
/// <param name="Kind">What.</param>
/// <param name="File">The file or folder, relative to the data folder; for checkpoints the log's origin.</param>
/// <param name="Offset">Byte offset in the file; -1 where that says nothing.</param>
/// <param name="Detail">In words, without record contents.</param>
public sealed record Finding(FindingKind Kind, string File, long Offset, string Detail)
{
    /// <summary>
    /// True when the finding proves that something was altered or lost. A torn tail was never acknowledged; a missing checkpoint, or a note
    /// about pruned records that no key was given for, only leaves a question open.
    /// </summary>
    public bool IsViolation => Kind is not (FindingKind.TornTail or FindingKind.CheckpointMissing or FindingKind.PruningUnsigned);

    /// <summary>One line for people.</summary>
    public override string ToString() => Offset < 0 ? $"{Kind} {File}: {Detail}" : $"{Kind} {File} at byte {Offset}: {Detail}";
}
