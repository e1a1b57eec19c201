using System.Text.Json;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Agents;
using Writ.Governance.Organizations;
using Writ.Governance.Tools;

namespace Writ.Gateways.Mcp.Governed;

/// <summary>Gives the registry what it needs of the upstreams. Thread safe.</summary>
public sealed class ServerConnections(UpstreamPool pool, ServerDirectory directory, UpstreamLimits limits) : IServerConnections
{
    private const string RegistryIdentity = "registry";

    /// <inheritdoc/>
    public async ValueTask<(IReadOnlyList<JsonElement>? Definitions, string? Fault)> ListToolsAsync(Server server, CancellationToken cancellation)
    {
        var definition = ConnectionDefinitions.Read(server.Connection, limits, out var problem);
        if (definition is null)
            return (null, problem);

        // A connection of its own, closed again: registering a server leaves nothing running.
        var key = new UpstreamKey(server.Organization.ToString(), server.Slug.ToString(), $"{RegistryIdentity}/{Guid.NewGuid():N}");
        var upstream = definition switch
        {
            StdioServerDefinition stdio => pool.Get(key, stdio),
            HttpServerDefinition http => pool.Get(key, http),
            _ => null,
        };
        if (upstream is null)
            return (null, "too many connections are open");
        try
        {
            return await upstream.ListToolsAsync(cancellation) switch
            {
                ToolListing.Complete complete => ([.. complete.Tools.Select(t => t.Definition)], null),
                ToolListing.Unavailable unavailable => (null, unavailable.Detail),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        finally
        {
            await pool.CloseAsync(k => k == key);
        }
    }

    /// <inheritdoc/>
    public Task CloseAsync(OrganizationId organization, AgentId agent) => directory.CloseAsync(organization, agent);
}
