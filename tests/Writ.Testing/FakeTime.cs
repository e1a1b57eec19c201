namespace Writ.Testing;

/// <summary>A clock that moves only when a test says so. Timers fire, in due order, inside <see cref="Advance"/>. Thread safe.</summary>
public sealed class FakeTime(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now = start ?? new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private long _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override long GetTimestamp()
    {
        lock (_gate)
            return _elapsed;
    }

    /// <summary>Sets the wall clock alone, as an administrator or a bad time server would; the monotonic clock stands.</summary>
    public void StepWallClock(TimeSpan by)
    {
        lock (_gate)
            _now += by;
    }

    /// <summary>Moves both clocks forward and fires what falls due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        long target;
        lock (_gate)
            target = _elapsed + by.Ticks;

        while (true)
        {
            FakeTimer? due;
            lock (_gate)
            {
                due = _timers.Where(t => t.DueAt <= target).MinBy(t => t.DueAt);
                var reach = due?.DueAt ?? target;
                if (reach > _elapsed)
                {
                    _now += TimeSpan.FromTicks(reach - _elapsed);
                    _elapsed = reach;
                }

                due?.Rearm_NeedsLock();
            }

            if (due is null)
                return;
            due.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class FakeTimer(FakeTime owner, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public long DueAt { get; private set; } = long.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._gate)
            {
                _period = period;
                DueAt = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : owner._elapsed + dueTime.Ticks;
                owner._timers.Remove(this);
                if (DueAt != long.MaxValue)
                    owner._timers.Add(this);
            }

            return true;
        }

        public void Rearm_NeedsLock()
        {
            if (_period > TimeSpan.Zero)
                DueAt += _period.Ticks;
            else
                owner._timers.Remove(this);
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (owner._gate)
                owner._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
