namespace Writ.Governance.Feeds;

/// <summary>How a feed stands, and how far it is. Immutable.</summary>
public sealed record FeedState
{
    public FeedStanding Standing { get; init; }

    /// <summary>The log's first so many records are delivered, or were not wanted.</summary>
    public ulong Position { get; init; }

    /// <summary>How many of the log's records are beyond <see cref="Position"/>; wanted or not.</summary>
    public ulong Behind { get; init; }

    /// <summary>How many records were delivered since the process started.</summary>
    public long Delivered { get; init; }

    /// <summary>When the last ones were; null when none were since the process started.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>How many tries in a row failed.</summary>
    public int Failures { get; init; }

    /// <summary>When the first of those failed.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>When it is tried again.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>What is wrong, as a code of docs/errors.md; null while nothing is.</summary>
    public string? Code { get; init; }

    /// <summary>What is wrong, for people.</summary>
    public string? Error { get; init; }
}
