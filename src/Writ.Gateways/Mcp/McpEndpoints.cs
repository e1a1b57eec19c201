using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Writ.Gateways.Mcp;

/// <summary>Puts the MCP door at its addresses.</summary>
public static class McpEndpoints
{
    /// <summary><c>/mcp</c> for all servers joined and <c>/mcp/{server}</c> for one.</summary>
    public static void MapMcp(this IEndpointRouteBuilder routes, McpDoor door)
    {
        routes.Map("/mcp", http => door.HandleAsync(http, null));
        routes.Map("/mcp/{server}", http => door.HandleAsync(http, (string)http.GetRouteValue("server")!));
    }
}
