namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>What came of making an upstream ready.</summary>
public abstract record UpstreamOpening
{
    private UpstreamOpening()
    {
    }

    /// <summary>It answers.</summary>
    public sealed record Ready(UpstreamInfo Info) : UpstreamOpening;

    /// <summary>It does not. <paramref name="RetryAfter"/> is set when it will be started again on demand after that wait.</summary>
    public sealed record Unavailable(UpstreamFailure Kind, string Detail, TimeSpan? RetryAfter = null) : UpstreamOpening;
}
