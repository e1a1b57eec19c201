using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Writ.Server.Scim;

/// <summary>What of SCIM there is here (RFC 7644, section 4), and what there is not.</summary>
internal static class ScimDiscoveryApi
{
    private static readonly ScimSchema[] Schemas = [ScimSchema.User, ScimSchema.Group];

    public static void Map(RouteGroupBuilder directories)
    {
        directories.MapGet("/ServiceProviderConfig", (HttpContext http) => new ScimResult(StatusCodes.Status200OK, Config(ScimRequest.Root(http.Request))));
        directories.MapGet("/ResourceTypes", (HttpContext http) => List(http, Schemas.Select(schema => ResourceType(schema, ScimRequest.Root(http.Request)))));
        directories.MapGet("/ResourceTypes/{name}", (HttpContext http, string name) => One(Schemas.FirstOrDefault(schema => schema.Name == name) is { } schema ? ResourceType(schema, ScimRequest.Root(http.Request)) : null));
        directories.MapGet("/Schemas", (HttpContext http) => List(http, Schemas.Select(schema => schema.ToJson(ScimRequest.Root(http.Request)))));
        directories.MapGet("/Schemas/{id}", (HttpContext http, string id) =>
            One(Schemas.FirstOrDefault(schema => schema.Id.Equals(id, StringComparison.OrdinalIgnoreCase))?.ToJson(ScimRequest.Root(http.Request))));
    }

    private static IResult One(JsonObject? resource) => resource is null ? ScimError.NotFound().ToResult() : new ScimResult(StatusCodes.Status200OK, resource);

    private static IResult List(HttpContext http, IEnumerable<JsonObject> resources)
    {
        // RFC 7644, section 4: a filter here would tell nothing.
        if (http.Request.Query.ContainsKey("filter"))
            return new ScimError(StatusCodes.Status403Forbidden, null, "What there is here is not filtered.").ToResult();
        JsonNode[] all = [.. resources];
        return new ScimResult(StatusCodes.Status200OK, new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:ListResponse"), ["totalResults"] = all.Length, ["startIndex"] = 1, ["itemsPerPage"] = all.Length, ["Resources"] = new JsonArray(all),
        });
    }

    private static JsonObject Config(Uri root) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"),
        ["documentationUri"] = "https://writ.dev/docs/scim",
        ["patch"] = Supported(true),
        ["bulk"] = new JsonObject { ["supported"] = false, ["maxOperations"] = 0, ["maxPayloadSize"] = 0 },
        ["filter"] = new JsonObject { ["supported"] = true, ["maxResults"] = ScimListing.MostOfAPage },
        ["changePassword"] = Supported(false),
        ["sort"] = Supported(false),
        ["etag"] = Supported(true),
        ["authenticationSchemes"] = new JsonArray(new JsonObject
        {
            ["type"] = "oauthbearertoken", ["name"] = "Bearer token", ["description"] = "A token that a person of the organization issued for the directory alone.", ["specUri"] = "https://www.rfc-editor.org/info/rfc6750", ["primary"] = true,
        }),
        ["meta"] = new JsonObject { ["resourceType"] = "ServiceProviderConfig", ["location"] = new Uri(root, "ServiceProviderConfig").ToString() },
    };

    private static JsonObject ResourceType(ScimSchema schema, Uri root) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ResourceType"),
        ["id"] = schema.Name,
        ["name"] = schema.Name,
        ["endpoint"] = $"/{schema.Name}s",
        ["description"] = schema.Description,
        ["schema"] = schema.Id,
        ["meta"] = new JsonObject { ["resourceType"] = "ResourceType", ["location"] = new Uri(root, $"ResourceTypes/{schema.Name}").ToString() },
    };

    private static JsonObject Supported(bool supported) => new() { ["supported"] = supported };
}
