namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>A call sent, or about to be sent, to a child, and its answer to come. Thread safe.</summary>
internal sealed class PendingCall
{
    private readonly TaskCompletionSource<UpstreamAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _sent;

    public Task<UpstreamAnswer> Answer => _answer.Task;

    /// <summary>Whether the child may have seen it.</summary>
    public bool Sent => Volatile.Read(ref _sent) == 1;

    /// <summary>Claims it for writing; false when it is over, and then it must not be written.</summary>
    public bool TryMarkSent()
    {
        lock (_answer)
        {
            if (_answer.Task.IsCompleted)
                return false;
            _sent = 1;
            return true;
        }
    }

    /// <summary>Ends it; the first end counts. The answer is made under the lock that decides whether it was sent.</summary>
    public bool End(Func<bool, UpstreamAnswer> answer)
    {
        lock (_answer)
            return _answer.TrySetResult(answer(_sent == 1));
    }
}
