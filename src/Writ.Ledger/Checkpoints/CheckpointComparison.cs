namespace Writ.Ledger.Checkpoints;

/// <summary>Holds a kept checkpoint against the log that is on disk.</summary>
internal static class CheckpointComparison
{
    /// <summary>Null when the log contains all that the checkpoint promised.</summary>
    public static LedgerFault? Compare(Checkpoint checkpoint, LogicalLog? log)
    {
        // An empty checkpoint is kept before its log is created.
        if (log is null && checkpoint.Size == 0)
            return null;
        var size = log?.Head.Size ?? 0;
        if (size < checkpoint.Size)
            return new LedgerFault(
                LedgerFaultKind.RolledBack,
                $"{checkpoint.Origin} has {size} records on disk and {checkpoint.Size} in the checkpoint kept apart: the data folder was rolled back, "
                + "cut or restored from a backup; nothing is signed or appended, use 'writ restore'");
        return log!.RootAt(checkpoint.Size) is not { } root
            ? new LedgerFault(LedgerFaultKind.ReadFailed, $"the records of {checkpoint.Origin} up to {checkpoint.Size} cannot be read")
            : root == checkpoint.Root
                ? null
                : new LedgerFault(
                    LedgerFaultKind.HistoryDiffers,
                    $"the first {checkpoint.Size} records of {checkpoint.Origin} are not those of the checkpoint kept apart: the data folder holds "
                    + "another history; nothing is signed or appended");
    }
}
