using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Writ.Server.Scim;

namespace Writ.Server.Tests.Scim;

public sealed class ScimListingTests
{
    [Theory]
    [InlineData("?startIndex=3&count=2", 5, 2, 2, 2)]
    [InlineData("?count=0", 5, 0, 0, 0)]
    [InlineData("?startIndex=9", 5, 0, 0, 0)]
    [InlineData("?count=1&excludedAttributes=members", 5, 1, 1, 0)]
    [InlineData("?count=1&attributes=displayName", 5, 1, 1, 0)]
    [InlineData("?count=1&attributes=meta.version", 5, 1, 1, 1)]
    // With a filter every one is looked at, and whole only where the filter looks there.
    [InlineData("?count=1&filter=displayName%20ge%20%22group3%22", 2, 1, 6, 1)]
    [InlineData("?count=1&excludedAttributes=members&filter=displayName%20ge%20%22group3%22", 2, 1, 6, 0)]
    [InlineData("?startIndex=2&filter=meta.lastModified%20pr%20or%20externalId%20pr", 5, 4, 9, 4)]
    [InlineData("?count=1&excludedAttributes=members&filter=not%20(members%20pr)", 0, 0, 5, 5)]
    [InlineData("?count=1&excludedAttributes=members&filter=meta.version%20pr", 5, 1, 6, 5)]
    public async Task No_more_is_rendered_than_the_page_and_the_filter_need(string query, int total, int shown, int rendered, int whole)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new QueryString(query);
        http.Response.Body = new MemoryStream();
        var renderings = new List<bool>();
        await ScimListing.Answer(http.Request, ScimSchema.Group, ["group0", "group1", "group2", "group3", "group4"], "members", (string name, bool isWhole) =>
        {
            renderings.Add(isWhole);
            return Render(name, isWhole);
        }).ExecuteAsync(http);
        http.Response.Body.Position = 0;
        var answer = (await JsonNode.ParseAsync(http.Response.Body, cancellationToken: TestContext.Current.CancellationToken))!;
        Assert.Equal((total, shown), (answer["totalResults"]!.GetValue<int>(), answer["Resources"]!.AsArray().Count));
        Assert.Equal((rendered, whole), (renderings.Count, renderings.Count(isWhole => isWhole)));
    }

    private static JsonObject Render(string name, bool isWhole)
    {
        var meta = new JsonObject { ["lastModified"] = "2026-01-01T00:00:00.000Z" };
        var group = new JsonObject { ["schemas"] = new JsonArray(ScimSchema.Group.Id), ["id"] = name, ["displayName"] = name, ["meta"] = meta };
        if (isWhole)
            (meta["version"], group["members"]) = ("W/\"1\"", new JsonArray(new JsonObject { ["value"] = "kim" }));
        return group;
    }
}
