using System.Text.Json;
using Writ.Gateways.Mcp;

namespace Writ.Gateways.Tests.Mcp;

/// <summary>What holds in both eras: who may knock, and what is a message.</summary>
public sealed class McpDoorTests
{
    private readonly StubGovernor _governor = new();

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    public async Task Only_post_is_taken(string method)
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var (status, body, response) = await door.SendAsync(door.Request("", method: new HttpMethod(method)));
        Assert.Equal(405, status);
        Assert.Contains("POST", response.Content.Headers.Allow);
        Assert.Equal("WRIT5003", Code(body));
    }

    [Theory]
    [InlineData("https://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("http://localhost.evil.example", 403)]
    [InlineData("http://localhost:6274", 200)]
    [InlineData("http://[::1]:1", 200)]
    [InlineData("https://console.example", 200)]
    public async Task A_web_page_of_another_origin_may_not_call(string origin, int expected)
    {
        var options = new McpDoorOptions();
        await using var door = await RunningDoor.StartAsync(_governor, options with { AllowedOrigins = options.AllowedOrigins.Add("https://console.example") });
        var (status, _, _) = await door.SendAsync(door.Current("tools/list", headers: ("Origin", origin)));
        Assert.Equal(expected, status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("unknown")]
    public async Task Without_an_accepted_credential_nothing_is_read(string? key)
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var (status, body, response) = await door.SendAsync(door.Request("not even json", key: key));
        Assert.Equal(401, status);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal("WRIT3001", Code(body));
    }

    [Theory]
    [InlineData("a")]
    [InlineData(null)]
    public async Task What_admission_refuses_is_told_to_slow_down(string? key)
    {
        _governor.Admits = false;
        await using var door = await RunningDoor.StartAsync(_governor);
        var (status, body, response) = await door.SendAsync(door.Request("{}", key: key));
        Assert.Equal(429, status);
        Assert.Equal("WRIT4005", Code(body));
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("{", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","method":"ping"}""", -32700)]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", -32600)]
    public async Task Malformed_messages_get_the_protocols_error(string text, int code)
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var (status, body, _) = await door.SendAsync(door.Request(text));
        Assert.Equal((400, code), (status, body.GetProperty("error").GetProperty("code").GetInt32()));
        Assert.Equal("WRIT5102", Code(body));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_past_the_bound_is_refused_whether_or_not_its_length_is_stated(bool stated)
    {
        await using var door = await RunningDoor.StartAsync(_governor, new McpDoorOptions { MaxBodyBytes = 1000 });
        var fits = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}""";
        foreach (var (text, expected) in new[] { (fits.PadRight(1000), 200), (fits.PadRight(1001), 413) })
        {
            var request = door.Request(text);
            request.Headers.TransferEncodingChunked = !stated;
            var (status, body, _) = await door.SendAsync(request);
            Assert.Equal(expected, status);
            if (expected == 413)
                Assert.Equal("WRIT5003", Code(body));
        }
    }

    [Fact]
    public async Task A_body_that_is_not_declared_json_is_refused()
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var request = door.Current("tools/list");
        request.Content!.Headers.ContentType!.MediaType = "text/plain";
        Assert.Equal(415, (await door.SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_server_that_the_agent_does_not_reach_looks_like_none()
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var (status, body, _) = await door.SendAsync(door.Current("tools/list", path: "/mcp/secret"));
        Assert.Equal((404, "WRIT5108"), (status, Code(body)));
    }

    internal static string? Code(JsonElement body) => body.GetProperty("error").GetProperty("data").GetProperty("code").GetString();
}
