using System.Text.Json;
using Writ.Governance.Agents;
using Writ.Governance.Organizations;

namespace Writ.Governance.Tools;

/// <summary>A port: what the registry needs of the connections to servers. The gateways implement it. Thread safe.</summary>
public interface IServerConnections
{
    /// <summary>Every tool definition a server shows now, over a connection that serves no agent; or null and why not, for people.</summary>
    ValueTask<(IReadOnlyList<JsonElement>? Definitions, string? Fault)> ListToolsAsync(Server server, CancellationToken cancellation);

    /// <summary>Ends what an agent has open, when it is suspended or its key revoked.</summary>
    Task CloseAsync(OrganizationId organization, AgentId agent);
}
