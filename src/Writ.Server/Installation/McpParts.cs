using Writ.Gateways.FactSources;
using Writ.Gateways.Mcp;
using Writ.Gateways.Mcp.Governed;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Server.Configuration;

namespace Writ.Server.Installation;

/// <summary>The MCP door and the connections behind it, wired.</summary>
internal sealed class McpParts : IAsyncDisposable
{
    private readonly UpstreamPool _pool;

    public McpParts(ServerOptions options, Services services, TimeProvider time)
    {
        var limits = new UpstreamLimits { CallTimeout = options.Limits.UpstreamTimeout };
        _pool = new UpstreamPool(
            new Bubblewrap(), [options.DataFolder, options.ConfigurationFolder, Path.GetDirectoryName(options.MasterKeyFile)!], time, services.RequestSigner);
        var directory = new ServerDirectory(_pool, services.Registry, limits);
        services.KillSwitch.Connect(directory.KillAsync);
        Connections = new ServerConnections(_pool, directory, limits);
        var watch = new ToolWatch(services.ToolObservation, time);
        services.FactLookups.Connect("http", new HttpFactClient());
        services.FactLookups.Connect("tool", new ToolFactClient(services.Registry, services.Governor, services.Settlement, services.KillSwitch, directory, watch, time));
        var calls = new GovernedCalls(
            services.Authenticator, services.Admission, services.Registry, services.Intake, services.Governor, services.Settlement,
            services.KillSwitch, directory, watch, services.Shadows);
        Door = new McpDoor(calls, new McpDoorOptions { MaxBodyBytes = options.Limits.McpBodyBytes }, time);
    }

    public McpDoor Door { get; }

    public ServerConnections Connections { get; }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
