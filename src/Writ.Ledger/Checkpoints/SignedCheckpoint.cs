using Writ.Ledger.Notes;

namespace Writ.Ledger.Checkpoints;

/// <summary>A checkpoint with its signed note. Immutable.</summary>
/// <param name="Checkpoint">What is promised.</param>
/// <param name="Note">The note to hand out.</param>
public sealed record SignedCheckpoint(Checkpoint Checkpoint, SignedNote Note);
