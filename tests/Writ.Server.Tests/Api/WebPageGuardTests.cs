namespace Writ.Server.Tests.Api;

public sealed class WebPageGuardTests
{
    [Theory]
    [InlineData("GET", "/v1/agents")]
    [InlineData("POST", "/access/v1/evaluation")]
    [InlineData("GET", "/.well-known/authzen-configuration")]
    [InlineData("POST", "/mcp")]
    [InlineData("GET", "/healthz")]
    public async Task A_name_that_only_points_here_is_not_answered(string method, string path)
    {
        await using var writ = await RunningServer.StartAsync();
        foreach (var host in new[] { "attacker.example", "127.0.0.1.attacker.example", "localhost.attacker.example", "10.0.0.1", "[2001:db8::1]" })
        {
            var answer = await writ.RawAsync($"{method} {path} HTTP/1.1\r\nHost: {host}:80\r\nAuthorization: Bearer {writ.Person}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 421 ", answer);
            Assert.Contains("WRIT9106", answer);
        }

        foreach (var host in new[] { "localhost", "LOCALHOST:1", "127.0.0.1", "127.8.8.8:99", "[::1]:7" })
            Assert.DoesNotContain(" 421 ", await writ.RawAsync($"{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    }

    [Theory]
    [InlineData("https://attacker.example")]
    [InlineData("http://localhost:1")]
    [InlineData("http://127.0.0.1")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_page_of_another_origin_is_refused_and_told_nothing(string origin)
    {
        await using var writ = await RunningServer.StartAsync();
        var (status, problem, response) = await writ.SendAsync("GET", "/v1/agents", writ.Person, headers: ("Origin", origin));
        Assert.Equal((403, "WRIT5101"), (status, problem!["code"]!.GetValue<string>()));
        Assert.DoesNotContain(response.Headers, h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));

        var own = writ.Server.Address.GetLeftPart(UriPartial.Authority);
        Assert.Equal(200, (await writ.SendAsync("GET", "/v1/agents", writ.Person, headers: ("Origin", own))).Status);
    }

    [Fact]
    public async Task No_preflight_is_ever_granted()
    {
        await using var writ = await RunningServer.StartAsync();
        foreach (var path in new[] { "/v1/agents", "/mcp", "/access/v1/evaluation", "/nowhere" })
        {
            var (status, _, response) = await writ.SendAsync(
                "OPTIONS", path, headers: [("Origin", writ.Server.Address.GetLeftPart(UriPartial.Authority)), ("Access-Control-Request-Method", "POST")]);
            Assert.True(status is 401 or 403 or 404 or 405, $"{path}: {status}");
            Assert.DoesNotContain(response.Headers, h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task The_metadata_name_the_servers_own_address_whatever_the_caller_calls_it()
    {
        await using var writ = await RunningServer.StartAsync();
        var own = writ.Server.Address.GetLeftPart(UriPartial.Authority);
        var (_, body, response) = await writ.SendAsync("GET", "/.well-known/authzen-configuration", headers: [("Host", "localhost:99"), ("X-Forwarded-Host", "attacker.example")]);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(own, (string?)body!["policy_decision_point"]);
        Assert.Equal(own + "/access/v1/evaluation", (string?)body["access_evaluation_endpoint"]);
        Assert.Equal(own + "/access/v1/search/subject", (string?)body["search_subject_endpoint"]);
        Assert.All(body, member => Assert.StartsWith(own, (string?)member.Value));
        Assert.Equal(6, body.Count);
    }
}
