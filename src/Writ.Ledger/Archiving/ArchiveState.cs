namespace Writ.Ledger.Archiving;

/// <summary>How far a ledger is archived. Immutable.</summary>
/// <param name="SealedRecords">How many segments of records are full.</param>
/// <param name="ArchivedRecords">How many of them, from the first, are archived.</param>
/// <param name="SealedPayloads">How many segments of sealed payloads are full.</param>
/// <param name="ArchivedPayloads">How many of them, from the first, are archived.</param>
public sealed record ArchiveState(ulong SealedRecords, ulong ArchivedRecords, ulong SealedPayloads, ulong ArchivedPayloads)
{
    /// <summary>How many full segments wait to be archived.</summary>
    public ulong Waiting => SealedRecords - Math.Min(SealedRecords, ArchivedRecords) + SealedPayloads - Math.Min(SealedPayloads, ArchivedPayloads);

    /// <summary>When a segment was archived last by this process; null when none was yet.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>Why the last attempt did not go well; null when it did. It is made again.</summary>
    public LedgerFault? Fault { get; init; }

    /// <summary>Since when attempts fail; null when they do not.</summary>
    public DateTimeOffset? FailingSince { get; init; }
}
