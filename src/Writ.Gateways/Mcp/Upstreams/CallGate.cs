namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// Bounds the calls in flight to one upstream and lets those that wait in turn by caller, so that one busy caller
/// delays another by one call and not by its whole queue. Thread safe.
/// </summary>
internal sealed class CallGate(int maxConcurrent, int maxQueued)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedList<Waiter>> _waiting = new(StringComparer.Ordinal);
    private readonly LinkedList<string> _turns = new();
    private int _running;
    private int _queued;

    /// <summary>Takes a place; false at once when the queue, or the caller's half of it, is full.</summary>
    public async ValueTask<bool> EnterAsync(string caller, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            if (_running < maxConcurrent)
            {
                _running++;
                return true;
            }

            if (!_waiting.TryGetValue(caller, out var own))
                own = new LinkedList<Waiter>();
            if (_queued >= maxQueued || own.Count >= Math.Max(1, maxQueued / 2))
                return false;
            if (own.Count == 0)
            {
                _waiting[caller] = own;
                _turns.AddLast(caller);
            }

            own.AddLast(waiter = new Waiter());
            _queued++;
        }

        await using var registration = cancellationToken.Register(() => Withdraw(caller, waiter));
        return await waiter.Task;
    }

    /// <summary>Gives a place back, to the next caller in turn if any waits.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if (_turns.First is not { } turn)
            {
                _running--;
                return;
            }

            var own = _waiting[turn.Value];
            var next = own.First!.Value;
            _turns.Remove(turn);
            own.RemoveFirst();
            if (own.Count > 0)
                _turns.AddLast(turn.Value);
            else
                _waiting.Remove(turn.Value);
            _queued--;
            next.SetResult(true);
        }
    }

    private void Withdraw(string caller, Waiter waiter)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(caller, out var own) || !own.Remove(waiter))
                return;
            _queued--;
            if (own.Count == 0)
            {
                _waiting.Remove(caller);
                _turns.Remove(caller);
            }

            waiter.SetCanceled();
        }
    }

    private sealed class Waiter() : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
}
