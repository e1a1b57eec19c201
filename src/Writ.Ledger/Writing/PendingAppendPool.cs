namespace Writ.Ledger.Writing;

/// <summary>Free <see cref="PendingAppend"/> objects, up to a bound. Thread safe; the lock is held for a few instructions.</summary>
internal sealed class PendingAppendPool(int bound)
{
    private readonly Lock _gate = new();
    private PendingAppend? _first;
    private int _count;

    public PendingAppend Rent()
    {
        PendingAppend? pending;
        lock (_gate)
        {
            pending = _first;
            if (pending is not null)
            {
                _first = pending.NextInPool;
                _count--;
            }
        }

        pending ??= new PendingAppend(this);
        pending.NextInPool = null;
        pending.Start();
        return pending;
    }

    public void Return(PendingAppend pending)
    {
        lock (_gate)
        {
            if (_count >= bound)
                return;
            pending.NextInPool = _first;
            _first = pending;
            _count++;
        }
    }
}
