namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// A server that Writ forwards to, over whichever transport and in whichever era. Started by the first call, started
/// again on demand after a failure. Thread safe. Failures are answers; only bugs throw. Closing it fails what is open.
/// </summary>
public interface IUpstream : IAsyncDisposable
{
    /// <summary>Where it stands.</summary>
    UpstreamState State { get; }

    /// <summary>Its counts.</summary>
    UpstreamStatistics Statistics { get; }

    /// <summary>The last it said outside the protocol (standard error), control characters escaped; empty where there is none.</summary>
    string Diagnostics { get; }

    /// <summary>The server says that its tools have changed. Raised on a thread of the upstream's; handlers return at once.</summary>
    event Action? ToolsChanged;

    /// <summary>Starts or opens it unless it is open already.</summary>
    ValueTask<UpstreamOpening> EnsureReadyAsync(CancellationToken cancellationToken);

    /// <summary>Ends it at once, without asking: a child process and all it started are gone. Dispose it then as ever.</summary>
    void Kill();

    /// <summary>
    /// Calls it. The caller's cancellation and the time-out cancel the call at the server too, and both are answers.
    /// </summary>
    ValueTask<UpstreamAnswer> CallAsync(UpstreamCall call, CancellationToken cancellationToken);

    /// <summary>Reads all its tools, within the bounds of <see cref="UpstreamLimits"/>.</summary>
    ValueTask<ToolListing> ListToolsAsync(CancellationToken cancellationToken);
}
