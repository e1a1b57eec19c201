using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Crypto.Hashing;
using Writ.Governance.Records;
using Writ.Governance.Tools;
using Writ.Governance.TrustDomains;

namespace Writ.Server.Api;

/// <summary>
/// What other registries read: the installation's AI catalog, in which nothing but the host stands, and a server's <c>server.json</c> for those who may
/// know of it.
/// </summary>
internal sealed class CatalogApi(string trustDomain, Func<Uri> address)
{
    private const string Schema = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json";

    public void Map(RouteGroupBuilder people, RouteGroupBuilder anyone)
    {
        // No organization, no agent and no server is told to who is not known: agents are shared by agreement, not by a public list.
        anyone.MapGet("/.well-known/ai-catalog.json", () => Results.Json(
            new JsonObject { ["specVersion"] = "1.0", ["host"] = new JsonObject { ["displayName"] = "Writ", ["identifier"] = "spiffe://" + trustDomain }, ["entries"] = new JsonArray() },
            StrictJson.Options));
        people.MapGet("/servers/{slug}/server.json", (HttpContext http, string slug) =>
            ServerSlug.TryParse(slug, null, out var parsed) && http.Person().Organization.Server(parsed) is { } server
                ? Results.Json(ServerJson(server), StrictJson.Options)
                : Problem.Of(ApiError.NotFound, "There is no such server.").ToResult());
    }

    /// <summary>As the MCP registry has it: reached through Writ's door, with a key of an agent. How Writ reaches it stands nowhere in it.</summary>
    private JsonObject ServerJson(Governance.Tools.Server server)
    {
        var pinned = string.Concat(server.Tools.Values.Where(tool => tool.Definition is not null).Select(tool => $"{tool.Name} {tool.Definition!.Digest.ToHex()}\n"));
        return new JsonObject
        {
            ["$schema"] = Schema,
            ["name"] = string.Join('.', trustDomain.Split('.').Reverse()) + "/" + server.Slug.ToString().Replace('/', '.'),
            ["description"] = $"{server.Slug}, {server.Tools.Count} tools, governed by Writ",
            // Another definition of a tool is another version.
            ["version"] = "0.0.0+" + Hash256.Of(System.Text.Encoding.UTF8.GetBytes(pinned)).ToHex()[..12],
            ["remotes"] = new JsonArray(new JsonObject
            {
                ["type"] = "streamable-http",
                ["url"] = new Uri(address(), $"/mcp/{server.Slug}").ToString(),
                ["headers"] = new JsonArray(new JsonObject
                {
                    ["name"] = "Authorization", ["description"] = "Bearer and the key of an agent that was granted tools of this server", ["isRequired"] = true, ["isSecret"] = true,
                }),
            }),
        };
    }
}
