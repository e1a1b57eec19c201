using System.Text.Json;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Organizations;
using Writ.Governance.Tools;

namespace Writ.Gateways.Mcp.Governed;

/// <summary>
/// One upstream of one identity, used only while what it shows is what was pinned: its tools are read before its first call, and again
/// whenever it says that they changed. Thread safe.
/// </summary>
internal sealed class OpenServer : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly OrganizationId _organization;
    private readonly ServerSlug _server;
    private readonly ToolObservation _observation;
    private volatile bool _observed;

    public OpenServer(IUpstream upstream, OrganizationId organization, ServerSlug server, ToolObservation observation)
    {
        (Upstream, _organization, _server, _observation) = (upstream, organization, server, observation);
        upstream.ToolsChanged += () => _observed = false;
    }

    public IUpstream Upstream { get; }

    /// <summary>Whether what the server shows is reflected in the registry.</summary>
    public bool IsObserved => _observed;

    /// <summary>Null when the server's tools are known and unchanged; otherwise why it cannot be used, for people.</summary>
    public async ValueTask<string?> ObserveAsync(CancellationToken cancellation)
    {
        if (_observed && Upstream.State == UpstreamState.Ready)
            return null;
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            if (_observed && Upstream.State == UpstreamState.Ready)
                return null;
            _observed = true;
            var (shown, problem) = await ListAsync(cancellation);
            problem ??= await _observation.ObserveAsync(_organization, _server, shown!, cancellation);
            if (problem is not null)
                _observed = false;
            return problem;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>What the server shows now.</summary>
    public async ValueTask<(IReadOnlyList<JsonElement>? Shown, string? Problem)> ListAsync(CancellationToken cancellation) =>
        await Upstream.ListToolsAsync(cancellation) switch
        {
            ToolListing.Complete complete => ([.. complete.Tools.Select(t => t.Definition)], null),
            ToolListing.Unavailable unavailable => (null, $"{unavailable.Kind}: {unavailable.Detail}"),
            _ => (null, "the listing is of an unknown kind"),
        };

    public void Dispose() => _oneAtATime.Dispose();
}
