namespace Writ.Server.Installation;

/// <summary>
/// Things that were begun, ended in the opposite order. One that fails to end keeps none of the others from it: the ledgers come last
/// and give their folder free in any case. Not thread safe.
/// </summary>
internal sealed class Unwinding : IAsyncDisposable
{
    private readonly Stack<Func<ValueTask>> _begun = [];

    public void Add(IAsyncDisposable begun) => _begun.Push(begun.DisposeAsync);

    public void Add(IDisposable begun) => _begun.Push(() =>
    {
        begun.Dispose();
        return ValueTask.CompletedTask;
    });

    /// <summary>Hands everything over; disposing this one then ends nothing.</summary>
    public Unwinding HandOver()
    {
        var kept = new Unwinding();
        foreach (var end in _begun.Reverse())
            kept._begun.Push(end);
        _begun.Clear();
        return kept;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_begun.TryPop(out var end))
            return;
        try
        {
            await end();
        }
        finally
        {
            await DisposeAsync();
        }
    }
}
