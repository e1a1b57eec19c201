namespace Writ.Ledger;

/// <summary>What opening a ledger found on disk. Immutable.</summary>
/// <param name="Segments">Segment files in use.</param>
/// <param name="Batches">Group commits read, all with intact frames, chain and roots.</param>
/// <param name="Records">Records read, those of the catalog included.</param>
/// <param name="DroppedBytes">
/// Bytes of one batch at the end that a crash cut short, dropped and overwritten with zeros. Nothing in it was ever acknowledged.
/// </param>
/// <param name="DroppedVaultBytes">Bytes of payloads at the vault's end whose records never became durable, likewise dropped.</param>
public sealed record RecoveryReport(int Segments, ulong Batches, ulong Records, long DroppedBytes, long DroppedVaultBytes)
{
    /// <summary>Full segments, of records and payloads together, that were not read because their hashes were known and their files untouched since.</summary>
    public int Unread { get; init; }

    /// <summary>WRIT2130: files of hashes that this installation did not make, or that were changed. Each is kept as <c>*.refused</c>; the segments were read.</summary>
    public IReadOnlyList<string> RefusedHashes { get; init; } = [];

    /// <summary>True when the last run ended without leaving anything half written.</summary>
    public bool IsClean => DroppedBytes == 0 && DroppedVaultBytes == 0;
}
