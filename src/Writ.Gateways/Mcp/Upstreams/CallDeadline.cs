namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>The end of one call's time: the caller going away or the time-out, whichever comes first.</summary>
internal sealed class CallDeadline : IDisposable
{
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _caller;
    private readonly TimeSpan _allowed;

    public CallDeadline(TimeSpan limit, TimeSpan? wanted, TimeProvider time, CancellationToken caller)
    {
        _allowed = wanted is { } shorter && shorter < limit ? shorter : limit;
        _caller = caller;
        _timeout = new CancellationTokenSource(_allowed, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timeout.Token, caller);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>The answer of a call whose <see cref="Token"/> fired.</summary>
    public UpstreamAnswer.Failed Expired(bool mayHaveActed) => _caller.IsCancellationRequested
        ? new UpstreamAnswer.Failed(UpstreamFailure.Cancelled, "the caller cancelled the call", mayHaveActed)
        : new UpstreamAnswer.Failed(UpstreamFailure.TimedOut, $"no answer within {_allowed.TotalSeconds:0.###} s", mayHaveActed);

    public void Dispose()
    {
        _either.Dispose();
        _timeout.Dispose();
    }
}
