namespace Writ.Governance.Admission;

/// <summary>
/// A rate with a burst: <c>rate</c> tokens come back per second, at most <c>burst</c> lie in the bucket, and it starts full. Exact
/// under the caller's lock; it reads the monotonic clock only. Not thread safe.
/// </summary>
internal sealed class TokenBucket
{
    private readonly double _rate;
    private readonly double _burst;
    private readonly TimeProvider _time;
    private double _tokens;
    private long _at;

    public TokenBucket(double rate, double burst, TimeProvider time)
    {
        (_rate, _burst, _time) = (rate, burst, time);
        (_tokens, _at) = (burst, time.GetTimestamp());
    }

    /// <summary>When the bucket was last asked, on the monotonic clock.</summary>
    public long LastUsed => _at;

    public bool TryTake(double count = 1)
    {
        var now = _time.GetTimestamp();
        _tokens = Math.Min(_burst, _tokens + _time.GetElapsedTime(_at, now).TotalSeconds * _rate);
        _at = now;
        if (_tokens < count)
            return false;
        _tokens -= count;
        return true;
    }
}
