namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// How long a failed upstream stays down: 0.5 s, doubled with each failure up to 60 s, give or take a fifth so that many
/// do not start at once. A life of a minute forgets earlier failures. Not thread safe; its owner locks.
/// </summary>
internal sealed class RestartBackoff(TimeProvider time, Func<double> jitter)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private int _failures;
    private long _startedAt;
    private long _failedAt;
    private TimeSpan _wait;

    /// <summary>What is left of the wait; zero when it may start.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var left = _wait - time.GetElapsedTime(_failedAt);
            return _failures > 0 && left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void Started() => _startedAt = time.GetTimestamp();

    public void Failed()
    {
        if (time.GetElapsedTime(_startedAt) >= Longest)
            _failures = 0;
        var doubled = First * Math.Pow(2, Math.Min(_failures, 10));
        _failures++;
        _wait = (doubled < Longest ? doubled : Longest) * (0.8 + (0.4 * jitter()));
        _failedAt = time.GetTimestamp();
    }
}
