namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>The counters behind <see cref="UpstreamStatistics"/>. Thread safe; a snapshot may fall between two counts.</summary>
internal sealed class UpstreamCounters
{
    private long _starts, _deaths, _answered, _failed, _timedOut, _garbage, _unknown, _refused;

    public void Started() => Interlocked.Increment(ref _starts);

    public void Died() => Interlocked.Increment(ref _deaths);

    public void Garbage() => Interlocked.Increment(ref _garbage);

    public void UnknownAnswer() => Interlocked.Increment(ref _unknown);

    public void RefusedRequest() => Interlocked.Increment(ref _refused);

    public UpstreamAnswer Count(UpstreamAnswer answer)
    {
        if (answer is UpstreamAnswer.Failed failed)
        {
            Interlocked.Increment(ref _failed);
            if (failed.Kind == UpstreamFailure.TimedOut)
                Interlocked.Increment(ref _timedOut);
        }
        else
        {
            Interlocked.Increment(ref _answered);
        }

        return answer;
    }

    public UpstreamStatistics Snapshot() => new(
        Interlocked.Read(ref _starts), Interlocked.Read(ref _deaths), Interlocked.Read(ref _answered), Interlocked.Read(ref _failed),
        Interlocked.Read(ref _timedOut), Interlocked.Read(ref _garbage), Interlocked.Read(ref _unknown), Interlocked.Read(ref _refused));
}
