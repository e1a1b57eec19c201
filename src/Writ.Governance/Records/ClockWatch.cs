namespace Writ.Governance.Records;

/// <summary>
/// Compares the wall clock with the monotonic one since the start, and with the newest record of the time before. While they are further apart
/// than <see cref="Most"/>, nothing that cannot be undone is done because of the time. Thread safe.
/// </summary>
public sealed class ClockWatch(TimeProvider time)
{
    /// <summary>How far the clocks may be apart.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(60);

    private readonly DateTimeOffset _began = time.GetUtcNow();
    private readonly long _ticks = time.GetTimestamp();
    private long _newest = long.MinValue;

    /// <summary>Why the clock cannot be relied on, for people; null when it can.</summary>
    public string? Obstacle
    {
        get
        {
            var now = time.GetUtcNow();
            var jump = now - _began - time.GetElapsedTime(_ticks);
            var newest = Interlocked.Read(ref _newest);
            return jump.Duration() > Most ? $"the clock jumped by {jump.TotalSeconds:0} s since Writ started: set it right, then start Writ again"
                : newest > now.UtcTicks + Most.Ticks ? $"the clock is behind the newest record by {(newest - now.UtcTicks) / TimeSpan.TicksPerSecond} s: set it right"
                : null;
        }
    }

    /// <summary>Takes note of a record of before.</summary>
    public void Saw(DateTimeOffset recorded)
    {
        var ticks = recorded.UtcTicks;
        for (var known = Interlocked.Read(ref _newest); ticks > known; known = Interlocked.Read(ref _newest))
            Interlocked.CompareExchange(ref _newest, ticks, known);
    }
}
