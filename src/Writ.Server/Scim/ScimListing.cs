using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Writ.Server.Scim;

/// <summary>Answers questions for many resources, a page at a time (RFC 7644, section 3.4.2). Nothing is sorted as the caller wishes.</summary>
internal static class ScimListing
{
    /// <summary>The most resources of a page.</summary>
    public const int MostOfAPage = 200;

    public static IResult Answer(HttpRequest request, ScimSchema schema, IEnumerable<JsonObject> resources)
    {
        if (ScimRequest.Number(request, "startIndex", 1) is not { } start || ScimRequest.Number(request, "count", 100) is not { } count)
            return ScimError.BadValue("startIndex and count: whole numbers").ToResult();
        (start, count) = (Math.Max(1, start), Math.Clamp(count, 0, MostOfAPage));
        if (request.Query.TryGetValue("filter", out var text))
        {
            if (ScimFilterParser.Parse(text.ToString(), out var fault) is not { } filter)
                return ScimError.BadFilter($"filter: {fault}").ToResult();
            resources = resources.Where(resource => ScimMatch.IsMatch(schema, resource, filter));
        }

        var found = resources.ToArray();
        var page = found.Skip(start - 1).Take(count).Select(resource => (JsonNode)ScimProjection.Of(request, schema, resource)).ToArray();
        return new ScimResult(StatusCodes.Status200OK, new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:ListResponse"),
            ["totalResults"] = found.Length,
            ["startIndex"] = start,
            ["itemsPerPage"] = page.Length,
            ["Resources"] = new JsonArray(page),
        });
    }
}
