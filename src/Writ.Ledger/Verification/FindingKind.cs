namespace Writ.Ledger.Verification;

/// <summary>What a verification can find. Each says what an attacker or a failing disk did, as far as the folder shows it.</summary>
public enum FindingKind
{
    /// <summary>A folder or file could not be read: nothing is proved of what it holds.</summary>
    Unreadable,

    /// <summary>A segment file is missing from the row.</summary>
    SegmentMissing,

    /// <summary>A file that is no segment lies among them.</summary>
    ForeignFile,

    /// <summary>A segment header is damaged, contradicts its file, or belongs to another ledger or place.</summary>
    SegmentHeader,

    /// <summary>A segment was written by a newer version of Writ.</summary>
    NewerFormat,

    /// <summary>Bytes of a batch are not what was written: header, frame, checksum, digest or padding.</summary>
    BatchDamaged,

    /// <summary>Bytes lie where nothing was written.</summary>
    BytesAfterEnd,

    /// <summary>A batch is missing, repeated, moved or from another history: number, sequence or chain does not continue.</summary>
    ChainBroken,

    /// <summary>The records of a log do not have the root, size or origin that a batch names.</summary>
    LogContradicted,

    /// <summary>A batch at the end was cut short by a crash; it was never acknowledged and will be dropped at the next open.</summary>
    TornTail,

    /// <summary>The vault lacks payloads that records rely on, or holds some that belong to none.</summary>
    VaultContradicted,

    /// <summary>The folder has fewer records than a checkpoint promises: records, batches or files were cut off or rolled back.</summary>
    BehindCheckpoint,

    /// <summary>The folder's records are not those of a checkpoint: another history.</summary>
    CheckpointContradicted,

    /// <summary>A kept checkpoint is malformed or was not signed by the key given.</summary>
    CheckpointInvalid,

    /// <summary>A log has no kept checkpoint: that it was not cut or rewritten as a whole is not proved.</summary>
    CheckpointMissing,

    /// <summary>An object of an archive is missing, or not what its manifest says.</summary>
    ArchiveContradicted,

    /// <summary>What says which segments were pruned is damaged, of another ledger, or signed by none of the keys given.</summary>
    PruningUnproved,

    /// <summary>Records were pruned by a note whose signature was not checked, for want of a key.</summary>
    PruningUnsigned,
}
