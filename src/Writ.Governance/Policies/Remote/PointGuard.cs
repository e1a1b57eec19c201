namespace Writ.Governance.Policies.Remote;

/// <summary>
/// Keeps count of the questions to one decision point: how many it has now, and how many failed in a row. After so many failures it is not
/// asked for a while; then one question at a time tries whether it is back. Thread safe.
/// </summary>
internal sealed class PointGuard(DecisionPoint point, TimeProvider time)
{
    private readonly Lock _lock = new();
    private int _asked;
    private int _failed;
    private bool _open;
    private bool _probing;
    private long _openedAt;

    /// <summary>Whether questions go through as usual.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_lock)
                return !_open;
        }
    }

    /// <summary>Begins a question; null, and why, where it may not be asked.</summary>
    public PointFailure? TryBegin(out bool isProbe)
    {
        lock (_lock)
        {
            isProbe = false;
            if (_open && (_probing || time.GetElapsedTime(_openedAt) < point.BreakFor))
                return PointFailure.Open;
            if (_asked >= point.Concurrency)
                return PointFailure.Busy;
            isProbe = _probing = _open;
            _asked++;
            return null;
        }
    }

    /// <summary>Ends a question that was begun.</summary>
    /// <param name="isProbe">What <see cref="TryBegin"/> said of it.</param>
    /// <param name="worked">Whether the point answered; null where the question says nothing of the point.</param>
    public void End(bool isProbe, bool? worked)
    {
        lock (_lock)
        {
            _asked--;
            if (isProbe)
                _probing = false;
            if (worked is null || (_open && !isProbe))
                return;
            _failed = worked.Value ? 0 : _failed + 1;
            _open = isProbe ? !worked.Value : _failed >= point.BreakAfter;
            if (_open)
                _openedAt = time.GetTimestamp();
        }
    }
}
