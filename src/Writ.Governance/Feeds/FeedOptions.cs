namespace Writ.Governance.Feeds;

/// <summary>How a log is followed. Immutable.</summary>
public sealed record FeedOptions
{
    /// <summary>The most records of a batch. Defaults to 256.</summary>
    public int BatchRecords { get; init; } = 256;

    /// <summary>After how many bytes of records a batch is full; one record more may stand in it. Defaults to 1 MiB.</summary>
    public int BatchBytes { get; init; } = 1 << 20;

    /// <summary>How long records are gathered after the first came. Defaults to 200 ms.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long the other side has to take a batch. Defaults to 30 s.</summary>
    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait after the first failure; doubled with each that follows. Defaults to 1 s.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two tries. Defaults to 5 minutes.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a batch is tried until the feed counts as stalled. It is tried on all the same. Defaults to a day.</summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How many records are looked at before others get their turn.</summary>
    internal const int Step = 4_096;
}
