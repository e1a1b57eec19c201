using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Disks;
using Writ.Ledger.Segments;

namespace Writ.Ledger;

/// <summary>How a ledger is opened. Byte sizes are bytes. Immutable.</summary>
public sealed record LedgerOptions
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>The folder with the segments and the vault; made if absent. One process owns it at a time.</summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// Where the last signed checkpoints are kept: outside the data folder, so that a rolled back data folder shows itself. Usually a
    /// <see cref="CheckpointFolder"/> under the configuration folder.
    /// </summary>
    public required ICheckpointStore Checkpoints { get; init; }

    /// <summary>Signs checkpoints. Its file belongs outside the data folder. The caller disposes it after the ledger.</summary>
    public required Ed25519PrivateKey SigningKey { get; init; }

    /// <summary>The keys that signed checkpoints before: kept ones may be theirs. Default none.</summary>
    public IReadOnlyList<Ed25519PublicKey> PreviousKeys { get; init; } = [];

    /// <summary>Length of a new segment file, 256 KiB to 1 GiB, in whole pages of 4,096 bytes. Default 64 MiB.</summary>
    public long SegmentBytes { get; init; } = 64 * Mebibyte;

    /// <summary>Length of a new vault file; the same bounds and default as <see cref="SegmentBytes"/>.</summary>
    public long VaultSegmentBytes { get; init; } = 64 * Mebibyte;

    /// <summary>How many zeroed segments are kept ready beyond the current one, 1 to 64. Default 1.</summary>
    public int SegmentsAhead { get; init; } = 1;

    /// <summary>
    /// Preallocated bytes that only <see cref="AppendClass.Reserved"/> appends may use once no more can be preallocated, in each
    /// family; at most a quarter of a segment. Default 4 MiB.
    /// </summary>
    public long ReserveBytes { get; init; } = 4 * Mebibyte;

    /// <summary>The most records that wait for the disk, 64 to 1,048,576. Default 16,384.</summary>
    public int QueueCount { get; init; } = 16_384;

    /// <summary>The most bytes of records that wait for the disk; less where half a segment is less. Default 8 MiB.</summary>
    public int QueueBytes { get; init; } = (int)(8 * Mebibyte);

    /// <summary>The most bytes of payloads that wait for the disk; less where half a vault segment is less. Default 24 MiB.</summary>
    public int PayloadQueueBytes { get; init; } = (int)(24 * Mebibyte);

    /// <summary>The longest sealed payload; at most a quarter of a vault segment. Default 8 MiB.</summary>
    public int MaxPayloadBytes { get; init; } = (int)(8 * Mebibyte);

    /// <summary>Sign a log's checkpoint when it has this many records that none covers; 0 for never. Default 65,536.</summary>
    public ulong CheckpointEveryRecords { get; init; } = 65_536;

    /// <summary>Sign the checkpoints of all logs with new records this often; zero for never. Default 1 s.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The clock of the interval and of retries. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The storage of the data folder. Default the machine's.</summary>
    public IDisk Disk { get; init; } = PosixDisk.Instance;

    internal LedgerFault? Validate()
    {
        var wrong =
            string.IsNullOrWhiteSpace(DataFolder) ? "DataFolder is empty"
            : !IsSegment(SegmentBytes) ? Bounds(nameof(SegmentBytes))
            : !IsSegment(VaultSegmentBytes) ? Bounds(nameof(VaultSegmentBytes))
            : SegmentsAhead is < 1 or > 64 ? "SegmentsAhead is not 1 to 64"
            : ReserveBytes < 0 || ReserveBytes > Math.Min(SegmentBytes, VaultSegmentBytes) / 4 ? "ReserveBytes is negative or more than a quarter of a segment"
            : QueueCount is < 64 or > 1_048_576 ? "QueueCount is not 64 to 1,048,576"
            : QueueBytes < Format.MaxRecordLength + Format.FrameHeaderLength ? "QueueBytes does not hold the largest record"
            : MaxPayloadBytes < 0 || MaxPayloadBytes > VaultSegmentBytes / 4 ? "MaxPayloadBytes is negative or more than a quarter of a vault segment"
            : PayloadQueueBytes < 0 ? "PayloadQueueBytes is negative"
            : CheckpointInterval < TimeSpan.Zero ? "CheckpointInterval is negative"
            : Checkpoints is CheckpointFolder kept && IsInside(kept.Path, DataFolder)
                ? $"the checkpoints in {kept.Path} lie inside the data folder, where a rollback would take them along"
            : null;
        return wrong is null ? null : new LedgerFault(LedgerFaultKind.OptionsInvalid, wrong);
    }

    private static bool IsSegment(long bytes) =>
        bytes is >= Format.MinSegmentLength and <= Format.MaxSegmentLength && bytes % Format.Page == 0;

    private static string Bounds(string name) => $"{name} is not 256 KiB to 1 GiB in whole pages of 4,096 bytes";

    private static bool IsInside(string path, string folder)
    {
        var inner = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var outer = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return inner == outer || inner.StartsWith(outer + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }
}
