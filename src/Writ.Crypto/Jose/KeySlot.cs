namespace Writ.Crypto.Jose;

/// <summary>
/// Lends an asymmetric key of the shared framework to one caller at a time, because its instance members are not documented as thread
/// safe. One instance rests in the slot; callers that come at the same moment import their own. Thread safe.
/// </summary>
internal sealed class KeySlot<T>(Func<T> import) : IDisposable
    where T : class, IDisposable
{
    private T? _resting;
    private volatile bool _isDisposed;

    public TResult Use<TState, TResult>(TState state, Func<T, TState, TResult> use)
        where TState : allows ref struct
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var key = Interlocked.Exchange(ref _resting, null) ?? import();
        try
        {
            return use(key, state);
        }
        finally
        {
            Interlocked.Exchange(ref _resting, key)?.Dispose();
            if (_isDisposed)
                Interlocked.Exchange(ref _resting, null)?.Dispose();
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        Interlocked.Exchange(ref _resting, null)?.Dispose();
    }
}
