using System.Threading.Tasks.Sources;

namespace Writ.Ledger.Writing;

/// <summary>
/// One append waiting for its flush; pooled. Two parties hold it, the awaiting caller and the writer, because a cancelled await
/// leaves before the writer does; it returns to the pool when both are done. A caller that never awaits costs one object.
/// </summary>
internal sealed class PendingAppend(PendingAppendPool pool) : IValueTaskSource<AppendResult>
{
    private static readonly AppendResult CancelledWhileQueued = new(new LedgerFault(
        LedgerFaultKind.AwaitCancelled,
        "the wait was cancelled after the record was queued: it may be, or become, durable"));

    // Continuations never run on the writer's thread: a slow one would hold up every other append.
    private ManualResetValueTaskSourceCore<AppendResult> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;
    private int _settled;
    private int _holders;

    public PendingAppend? NextInPool { get; set; }

    public short Version => _core.Version;

    public void Start()
    {
        _core.Reset();
        _settled = 0;
        _holders = 2;
    }

    /// <summary>Called by the caller's side, before the value task is handed out.</summary>
    public void CancelWith(CancellationToken cancellationToken) =>
        _registration = cancellationToken.UnsafeRegister(static state => ((PendingAppend)state!).Settle(in CancelledWhileQueued), this);

    /// <summary>Called once by the writer.</summary>
    public void Complete(in AppendResult result)
    {
        Settle(in result);
        Release();
    }

    public AppendResult GetResult(short token)
    {
        var result = _core.GetResult(token);
        // Waits for a callback under way, so that none can hit the next use of this object.
        _registration.Dispose();
        _registration = default;
        Release();
        return result;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Settle(in AppendResult result)
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
            _core.SetResult(result);
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            pool.Return(this);
    }
}
