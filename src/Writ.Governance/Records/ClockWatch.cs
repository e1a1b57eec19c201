namespace Writ.Governance.Records;

/// <summary>
/// Compares the wall clock with the monotonic one since the start, and with the newest record of the time before. While they are further apart
/// than <see cref="Most"/>, nothing that cannot be undone is done because of the time, and no grant that ends with the time is honoured.
/// Thread safe.
/// </summary>
public sealed class ClockWatch
{
    /// <summary>How far the clocks may be apart.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(60);

    private readonly TimeProvider _time;
    private readonly DateTimeOffset _began;
    private readonly long _ticks;
    private long _newest = long.MinValue;
    private long _latest = long.MinValue;

    public ClockWatch(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_time, _began, _ticks) = (time, time.GetUtcNow(), time.GetTimestamp());
        Steady = new WatchedTime(time, SteadyNow);
        Later = new WatchedTime(time, LaterNow);
    }

    /// <summary>
    /// The wall clock, and while that has jumped, the time it was plus what the monotonic clock counted since: what a jump touches is neither
    /// recorded nor counted with. Timers and timestamps are the machine's.
    /// </summary>
    public TimeProvider Steady { get; }

    /// <summary>The later of that and the newest record: what expires, expires by it, so that a clock that was set back revives nothing.</summary>
    public TimeProvider Later { get; }

    /// <summary>Why the clock cannot be relied on, for people; null when it can.</summary>
    public string? Obstacle
    {
        get
        {
            var now = _time.GetUtcNow();
            var jump = now - Expected();
            var newest = Interlocked.Read(ref _newest);
            return jump.Duration() > Most ? $"the clock jumped by {jump.TotalSeconds:0} s since Writ started: set it right, or start Writ again where it is right now"
                : newest > now.UtcTicks + Most.Ticks ? $"the clock is behind the newest record by {(newest - now.UtcTicks) / TimeSpan.TicksPerSecond} s: set it right"
                : null;
        }
    }

    /// <summary>Takes note of a record of before.</summary>
    public void Saw(DateTimeOffset recorded) => Raise(ref _newest, recorded.UtcTicks);

    private DateTimeOffset Expected() => _began + _time.GetElapsedTime(_ticks);

    private DateTimeOffset SteadyNow()
    {
        var (now, expected) = (_time.GetUtcNow(), Expected());
        return (now - expected).Duration() > Most ? expected : now;
    }

    private DateTimeOffset LaterNow()
    {
        // What was told once is never taken back, by however little the clock is set back: what has ended by it stays ended.
        Raise(ref _latest, Math.Max(SteadyNow().UtcTicks, Interlocked.Read(ref _newest)));
        return new DateTimeOffset(Interlocked.Read(ref _latest), TimeSpan.Zero);
    }

    private static void Raise(ref long mark, long ticks)
    {
        for (var known = Interlocked.Read(ref mark); ticks > known; known = Interlocked.Read(ref mark))
            Interlocked.CompareExchange(ref mark, ticks, known);
    }

    private sealed class WatchedTime(TimeProvider time, Func<DateTimeOffset> now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => now();

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
    }
}
