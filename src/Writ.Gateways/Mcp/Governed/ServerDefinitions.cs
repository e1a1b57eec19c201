using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Organizations;
using Writ.Governance.Tools;

namespace Writ.Gateways.Mcp.Governed;

/// <summary>
/// What the registry says about a server, as the upstreams need it. One registration gives one definition object, so that an upstream
/// is replaced exactly when its server was registered anew. Thread safe.
/// </summary>
internal sealed class ServerDefinitions(TimeSpan callTimeout)
{
    private readonly ConcurrentDictionary<(OrganizationId, ServerSlug), (ServerConnection Connection, object? Definition, string? Problem)> _known = new();

    /// <summary>The upstream of a key, or null and why there is none, for people.</summary>
    public IUpstream? Open(UpstreamPool pool, UpstreamKey key, Server server, out string? problem)
    {
        var known = _known.AddOrUpdate(
            (server.Organization, server.Slug),
            _ => Make(server.Connection),
            (_, held) => ReferenceEquals(held.Connection, server.Connection) ? held : Make(server.Connection));
        problem = known.Problem;
        var upstream = problem is not null ? null : known.Definition switch
        {
            StdioServerDefinition stdio => pool.Get(key, stdio),
            HttpServerDefinition http => pool.Get(key, http),
            _ => null,
        };
        if (upstream is null)
            problem ??= "too many upstreams are open";
        return upstream;
    }

    private (ServerConnection, object?, string?) Make(ServerConnection connection)
    {
        switch (connection)
        {
            case ServerConnection.Stdio stdio:
                if (stdio.Sandbox is not (ServerConnection.Stdio.Bubblewrap or ServerConnection.Stdio.Unprotected))
                    return (connection, null, $"sandbox: expected '{ServerConnection.Stdio.Bubblewrap}' or '{ServerConnection.Stdio.Unprotected}'");
                var definition = new StdioServerDefinition
                {
                    Command = stdio.Command,
                    Arguments = stdio.Arguments,
                    Environment = stdio.Environment.ToImmutableDictionary(),
                    WorkingFolder = stdio.WorkingFolder,
                    Paths = [.. stdio.ReadOnlyPaths.Select(p => new SandboxPath(p, false)), .. stdio.WritablePaths.Select(p => new SandboxPath(p, true))],
                    Network = stdio.Network,
                    Sandbox = stdio.Sandbox == ServerConnection.Stdio.Unprotected ? SandboxMode.NoneIAcceptTheRisk : SandboxMode.Bubblewrap,
                    Limits = new UpstreamLimits { CallTimeout = callTimeout },
                };
                return (connection, definition, definition.Problem);
            case ServerConnection.Http http:
                if (!Uri.TryCreate(http.Url, UriKind.Absolute, out var endpoint))
                    return (connection, null, "url: not an absolute URL");
                var networks = ImmutableArray.CreateBuilder<IPNetwork>();
                foreach (var text in http.AllowedAddresses)
                {
                    if (!TryReadNetwork(text, out var network))
                        return (connection, null, $"allowed_addresses: '{text}' is not an address or network");
                    networks.Add(network);
                }

                var remote = new HttpServerDefinition { Endpoint = endpoint, AllowedAddresses = networks.ToImmutable(), Limits = new UpstreamLimits { CallTimeout = callTimeout } };
                return (connection, remote, remote.Problem);
            default:
                return (connection, null, "a declared server is only decided about, never called");
        }
    }

    private static bool TryReadNetwork(string text, out IPNetwork network)
    {
        if (IPNetwork.TryParse(text, out network))
            return true;
        if (!IPAddress.TryParse(text, out var address))
            return false;
        network = new IPNetwork(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128);
        return true;
    }
}
