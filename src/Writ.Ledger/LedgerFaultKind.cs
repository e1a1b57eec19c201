namespace Writ.Ledger;

/// <summary>Everything that can go wrong with a ledger. The numbers are the last three digits of the stable <c>WRIT2xxx</c> codes.</summary>
public enum LedgerFaultKind
{
    /// <summary>WRIT2001: the queue in front of the disk is full. Nothing was written; ask again later.</summary>
    QueueFull = 1,

    /// <summary>WRIT2002: a record is empty or longer than 65,535 bytes. Nothing was written.</summary>
    RecordLength = 2,

    /// <summary>WRIT2003: a sealed payload is longer than the ledger was opened for. Nothing was written.</summary>
    PayloadLength = 3,

    /// <summary>WRIT2004: the disk is full, down to the reserve or beyond. Nothing was written.</summary>
    DiskFull = 4,

    /// <summary>WRIT2005: writing or flushing the batch with this record failed. Whether it is on disk is known after the next open.</summary>
    FlushFailed = 5,

    /// <summary>WRIT2006: an earlier write failed and the ledger takes nothing more until it is opened again. Nothing was written.</summary>
    Fenced = 6,

    /// <summary>WRIT2007: the ledger is closed. Nothing was written.</summary>
    Closed = 7,

    /// <summary>WRIT2008: the caller's token was cancelled before the record was queued. Nothing was written.</summary>
    Cancelled = 8,

    /// <summary>WRIT2009: the caller's token was cancelled while the record was on its way. It may be, or become, durable.</summary>
    AwaitCancelled = 9,

    /// <summary>WRIT2010: no record, payload or log at the place asked for.</summary>
    NotFound = 10,

    /// <summary>WRIT2011: an origin is empty, too long, or has characters a checkpoint cannot carry.</summary>
    OriginInvalid = 11,

    /// <summary>WRIT2012: a read failed, or what came back is not what was written.</summary>
    ReadFailed = 12,

    /// <summary>WRIT2013: the payload was there and was removed on purpose. Its record is there.</summary>
    PayloadPruned = 13,

    /// <summary>WRIT2020: the options contradict each other or the folders.</summary>
    OptionsInvalid = 20,

    /// <summary>WRIT2021: another process owns the data folder.</summary>
    FolderInUse = 21,

    /// <summary>WRIT2022: the storage refused an operation needed to open.</summary>
    StorageFailed = 22,

    /// <summary>WRIT2023: a segment was written by a newer version of Writ.</summary>
    FormatTooNew = 23,

    /// <summary>WRIT2024: a segment file is missing, of the wrong length, or foreign.</summary>
    SegmentMissing = 24,

    /// <summary>WRIT2025: bytes that were acknowledged are no longer what was written.</summary>
    Damaged = 25,

    /// <summary>WRIT2026: the data folder ends before a checkpoint this installation signed: it was rolled back, cut or restored.</summary>
    RolledBack = 26,

    /// <summary>WRIT2027: the data folder holds another history than a checkpoint this installation signed.</summary>
    HistoryDiffers = 27,

    /// <summary>WRIT2028: a log has no kept checkpoint, so a rollback could not be told.</summary>
    CheckpointMissing = 28,

    /// <summary>WRIT2029: a kept checkpoint cannot be read or was not signed by this key.</summary>
    CheckpointInvalid = 29,

    /// <summary>WRIT2030: somebody else replaced the kept checkpoint: two owners sign for one log.</summary>
    CheckpointConflict = 30,

    /// <summary>WRIT2040: a log that others serve or keep could not be read: no answer, a refusal, or something that is no part of a log.</summary>
    LogUnreadable = 40,

    /// <summary>WRIT2041: a checkpoint is malformed, or not signed by a key that is trusted for its log.</summary>
    CheckpointUntrusted = 41,

    /// <summary>WRIT2042: entries or tiles are not those of the signed checkpoint: a record was changed, dropped or moved.</summary>
    LogContradicted = 42,

    /// <summary>WRIT2043: a file is no proof in the form of C2SP tlog-proof.</summary>
    ProofMalformed = 43,

    /// <summary>WRIT2044: a proof does not put the record into the tree that the checkpoint signs.</summary>
    ProofFails = 44,

    /// <summary>WRIT2045: a checkpoint lacks the cosignatures that the policy asks for.</summary>
    QuorumMissing = 45,

    /// <summary>WRIT2046: a witness gave no cosignature: no answer, or a refusal. It is asked again.</summary>
    WitnessUnavailable = 46,

    /// <summary>WRIT2047: a witness has another checkpoint than was thought; the proof is made anew from there.</summary>
    WitnessHasAnother = 47,

    /// <summary>WRIT2048: a witness cosigned what this log does not contain: the log was rolled back, or there are two histories.</summary>
    WitnessContradicts = 48,

    /// <summary>WRIT2049: a log's last record is older than it may be: its end was cut off, or nobody writes it any more.</summary>
    LogSilent = 49,

    /// <summary>WRIT2050: a row of signing keys does not hold: a statement in it is malformed, unsigned, or does not continue the one before.</summary>
    KeyHistoryInvalid = 50,

    /// <summary>WRIT2131: what says which segments were pruned is damaged or not signed by this installation, or the hashes of such a segment are.</summary>
    PruningUnproved = 131,

    /// <summary>WRIT2132: the bytes of a record were removed after their retention; its leaf hash and every proof of it stay.</summary>
    RecordPruned = 132,

    /// <summary>WRIT2100: bytes of a full segment are no longer what was written. Found while the ledger goes on.</summary>
    SegmentDamaged = 100,

    /// <summary>WRIT2101: the archive did not take or give an object: no answer, or a refusal. It is tried again.</summary>
    ArchiveUnavailable = 101,

    /// <summary>WRIT2102: the archive holds something else than this ledger under one of its names: another ledger's, or another history.</summary>
    ArchiveContradicts = 102,

    /// <summary>WRIT2103: an archive lacks something that was put there, or holds something that is not what its manifest says.</summary>
    ArchiveDamaged = 103,

    /// <summary>WRIT2104: the archive does not keep what it is given from being changed or deleted.</summary>
    ArchiveNotWriteOnce = 104,

    /// <summary>WRIT2105: nothing is archived while the clock cannot be relied on.</summary>
    ArchiveClock = 105,
}
