using System.Text.Json.Nodes;

namespace Writ.EndToEnd.Tests;

/// <summary>Bodies of the API that are almost right.</summary>
public sealed class ApiTests
{
    [Fact]
    public async Task A_connection_may_name_its_kind_anywhere_and_must_name_it()
    {
        await using var writ = await RunningWrit.StartAsync();
        var last = JsonNode.Parse("""{"slug":"later","connection":{"url":"http://127.0.0.1:1/mcp","type":"http"}}""");
        Assert.Equal("http: http://127.0.0.1:1/mcp", (await writ.PostAsync("/v1/servers", last))["server"]!.Word("connection"));
        var without = JsonNode.Parse("""{"slug":"never","connection":{"url":"http://127.0.0.1:1/mcp"}}""");
        Assert.Equal("WRIT9101", (await writ.PostAsync("/v1/servers", without, 400)).Word("code"));
        var unknown = JsonNode.Parse("""{"slug":"never","connection":{"type":"telepathy"}}""");
        Assert.Equal("WRIT9101", (await writ.PostAsync("/v1/servers", unknown, 400)).Word("code"));
        Assert.Single((await writ.GetAsync("/v1/servers"))["servers"]!.AsArray());
    }
}
