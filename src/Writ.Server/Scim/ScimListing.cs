using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Writ.Server.Scim;

/// <summary>Answers questions for many resources, a page at a time (RFC 7644, section 3.4.2). Nothing is sorted as the caller wishes.</summary>
internal static class ScimListing
{
    /// <summary>The most resources of a page.</summary>
    public const int MostOfAPage = 200;

    /// <summary>
    /// The page that the caller asks for. Without a filter nothing but the page is rendered; with one, what is not on the page is rendered as far as the
    /// filter looks, and let go of.
    /// </summary>
    /// <param name="request">What the caller asks.</param>
    /// <param name="schema">What the resources are.</param>
    /// <param name="resources">All of the caller's, in the order of the pages.</param>
    /// <param name="costly">The attribute without which a resource is rendered where neither the filter nor the caller needs it.</param>
    /// <param name="render">Renders a resource; with that attribute and the version, or without.</param>
    public static IResult Answer<T>(HttpRequest request, ScimSchema schema, IReadOnlyCollection<T> resources, string costly, Func<T, bool, JsonObject> render)
    {
        if (ScimRequest.Number(request, "startIndex", 1) is not { } start || ScimRequest.Number(request, "count", 100) is not { } count)
            return ScimError.BadValue("startIndex and count: whole numbers").ToResult();
        (start, count) = (Math.Max(1, start), Math.Clamp(count, 0, MostOfAPage));
        var (total, page) = (resources.Count, new List<T>());
        if (!request.Query.TryGetValue("filter", out var text))
        {
            page.AddRange(resources.Skip(start - 1).Take(count));
        }
        else if (ScimFilterParser.Parse(text.ToString(), out var fault) is not { } filter)
        {
            return ScimError.BadFilter($"filter: {fault}").ToResult();
        }
        else
        {
            var looks = ScimMatch.Paths(filter).Any(path => ScimProjection.Needs(schema, costly, path));
            total = 0;
            foreach (var resource in resources.Where(resource => ScimMatch.IsMatch(schema, render(resource, looks), filter)))
            {
                if (++total >= start && page.Count < count)
                    page.Add(resource);
            }
        }

        var wants = ScimProjection.Wants(request, schema, costly);
        return new ScimResult(StatusCodes.Status200OK, new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:ListResponse"),
            ["totalResults"] = total,
            ["startIndex"] = start,
            ["itemsPerPage"] = page.Count,
            ["Resources"] = new JsonArray([.. page.Select(resource => (JsonNode)ScimProjection.Of(request, schema, render(resource, wants)))]),
        });
    }
}
