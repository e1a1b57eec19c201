using System.Runtime.CompilerServices;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Agents;
using Writ.Governance.Organizations;
using Writ.Governance.Registry;
using Writ.Governance.Tools;

namespace Writ.Gateways.Mcp.Governed;

/// <summary>
/// The upstream of an agent on a server. Each agent has one of its own, because a server keeps state for whoever calls it (T84).
/// Thread safe.
/// </summary>
public sealed class ServerDirectory(UpstreamPool pool, RegistryHolder registry, UpstreamLimits limits)
{
    // A registered connection is immutable; what it reads as is kept as long as the registry holds it.
    private readonly ConditionalWeakTable<ServerConnection, object> _definitions = new();

    /// <summary>The upstream, or null where the connection cannot be used, too many are open, or a kill has left it without a use.</summary>
    public IUpstream? Find(Server server, AgentId agent)
    {
        if (IsKilled(server, agent))
            return null;
        var key = new UpstreamKey(server.Organization.ToString(), server.Slug.ToString(), agent.ToString());
        if (!_definitions.TryGetValue(server.Connection, out var definition))
        {
            if (ConnectionDefinitions.Read(server.Connection, limits, out _) is not { } read)
                return null;
            definition = _definitions.GetValue(server.Connection, _ => read);
        }

        var upstream = definition switch
        {
            StdioServerDefinition stdio => pool.Get(key, stdio),
            HttpServerDefinition http => pool.Get(key, http),
            _ => null,
        };

        // Asked again now that the pool has it: a kill that came in between has not seen it.
        if (!IsKilled(server, agent))
            return upstream;
        _ = pool.KillAsync(held => held == key);
        return null;
    }

    private bool IsKilled(Server server, AgentId agent) =>
        !registry.Current.Organizations.TryGetValue(server.Organization, out var state) || state.Kills.StopAll(state.Agents.GetValueOrDefault(agent), server.Slug);

    /// <summary>Ends at once what a kill has left without a use.</summary>
    public Task KillAsync(OrganizationState state) => pool.KillAsync(key =>
        key.Organization == state.Id.ToString()
        && ServerSlug.TryParse(key.Server, null, out var server)
        && state.Kills.StopAll(AgentId.TryParse(key.Identity, null, out var id) ? state.Agents.GetValueOrDefault(id) : null, server));

    /// <summary>Ends what an agent has open, as when it is suspended or its key revoked.</summary>
    public Task CloseAsync(OrganizationId organization, AgentId agent) =>
        pool.CloseAsync(key => key.Organization == organization.ToString() && key.Identity == agent.ToString());
}
