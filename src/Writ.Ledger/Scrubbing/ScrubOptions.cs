namespace Writ.Ledger.Scrubbing;

/// <summary>How old segments are read again. Immutable.</summary>
public sealed record ScrubOptions
{
    /// <summary>How many bytes a second are read at most, 64 KiB or more. Default 4 MiB.</summary>
    public long BytesPerSecond { get; init; } = 4 * 1024 * 1024;

    /// <summary>A pass over all full segments begins this long after the last one began, or when that ends. Default 24 h.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
