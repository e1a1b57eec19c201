namespace Writ.Server.Tests.Api;

public sealed class HttpFormTests
{
    [Theory]
    [InlineData("GET", "/v1", 404, "WRIT9104")]
    [InlineData("GET", "/v1/agents/a/b/c/d", 404, "WRIT9104")]
    [InlineData("GET", "/../etc/passwd", 404, "WRIT9104")]
    [InlineData("PATCH", "/v1/agents", 405, "WRIT9102")]
    [InlineData("DELETE", "/v1/bundles", 405, "WRIT9102")]
    [InlineData("TRACE", "/v1/agents", 405, "WRIT9102")]
    [InlineData("GET", "/access/v1/evaluation", 405, "WRIT9102")]
    public async Task What_is_not_served_is_a_problem(string method, string path, int status, string code)
    {
        await using var writ = await RunningServer.StartAsync();
        var (answered, problem, response) = await writ.SendAsync(method, path, writ.Person);
        Assert.Equal((status, code), (answered, problem!["code"]!.GetValue<string>()));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(status == 405, response.Content.Headers.Allow.Count > 0);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_body_of_another_kind_is_refused(string type)
    {
        await using var writ = await RunningServer.StartAsync();
        var (status, problem, _) = await writ.SendAsync("POST", "/v1/agents", writ.Person, """{"name":"a","environment":"p"}""", type);
        Assert.Equal((415, "WRIT9103"), (status, problem!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Answers_are_kept_by_nobody()
    {
        await using var writ = await RunningServer.StartAsync();
        foreach (var path in new[] { "/v1/agents", "/nowhere", "/v1/agents/x" })
        {
            var (_, _, response) = await writ.SendAsync("GET", path, writ.Person);
            Assert.True(response.Headers.CacheControl!.NoStore);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Only_http_1_is_spoken_without_tls()
    {
        await using var writ = await RunningServer.StartAsync();
        Assert.StartsWith("HTTP/1.1 200", await writ.RawAsync("GET /healthz HTTP/1.0\r\n\r\n"));
        Assert.DoesNotContain(" 200 ", await writ.RawAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    }

    [Theory]
    [InlineData("GET /healthz HTTP/1.1\r\n\r\n")]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: attacker.example\r\n\r\n")]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n")]
    [InlineData("POST /v1/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!")]
    [InlineData("POST /v1/tasks HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /v1/tasks HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n")]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: localhost\r\n folded: x\r\n\r\n")]
    public async Task A_request_that_two_readers_could_read_differently_is_refused(string request)
    {
        await using var writ = await RunningServer.StartAsync();
        Assert.Matches("^HTTP/1.1 (400|401|421) ", await writ.RawAsync(request, until: "\r\n\r\n"));
    }

    [Fact]
    public async Task A_request_line_or_headers_beyond_every_bound_are_refused()
    {
        await using var writ = await RunningServer.StartAsync();
        Assert.StartsWith("HTTP/1.1 414 ", await writ.RawAsync($"GET /v1/decisions?limit={new string('1', 9_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n", until: "\r\n\r\n"));
        Assert.StartsWith("HTTP/1.1 431 ", await writ.RawAsync($"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: {new string('x', 40_000)}\r\n\r\n", until: "\r\n\r\n"));
    }
}
