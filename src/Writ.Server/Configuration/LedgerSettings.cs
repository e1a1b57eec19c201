namespace Writ.Server.Configuration;

/// <summary>The <c>ledger</c> section of <c>writ.yaml</c>. Sizes are bytes. Immutable.</summary>
public sealed record LedgerSettings
{
    /// <summary>The length of a new segment file, 32 MiB to 1 GiB in whole sectors of 512 bytes. Default 64 MiB.</summary>
    public long SegmentBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>What is kept for control records and effects when the disk is full; at most a quarter of a segment. Default 4 MiB, or that quarter.</summary>
    public long ReserveBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How often a checkpoint of new records is signed. Default 1 s.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a decision log may be still before a heartbeat is written into it. Default 1 h.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How many bytes a second of old segments are read again at most, of each ledger, 64 KiB to 1 GiB. Default 4 MiB.</summary>
    public long ScrubBytesPerSecond { get; init; } = 4 * 1024 * 1024;

    /// <summary>How often all old segments are read again, if that goes so fast. Default 24 h.</summary>
    public TimeSpan ScrubInterval { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The file that names the witnesses to be asked, each with an address, and the quorum (C2SP tlog-policy). Default none.</summary>
    public string? WitnessPolicyFile { get; init; }
}
