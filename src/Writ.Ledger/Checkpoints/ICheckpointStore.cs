namespace Writ.Ledger.Checkpoints;

/// <summary>
/// Where the last checkpoint of each log is kept, apart from the log itself: the one thing that a rolled back data folder cannot
/// take along. A store keeps bytes and judges nothing. Faults are values. Implementations are thread safe.
/// </summary>
public interface ICheckpointStore
{
    /// <summary>All origins with a kept checkpoint are added to <paramref name="notes"/> with the stored note. Null when it worked.</summary>
    LedgerFault? ReadAll(IDictionary<string, byte[]> notes);

    /// <summary>
    /// Replaces the note of <paramref name="origin"/> durably and in one step if it still is <paramref name="expected"/> (null: if
    /// there is none). <see cref="LedgerFaultKind.CheckpointConflict"/> when it is not.
    /// </summary>
    LedgerFault? CompareAndSwap(string origin, byte[]? expected, byte[] next);
}
