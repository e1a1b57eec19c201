namespace Writ.Cli.Tests;

public sealed class FeedCommandTests : IAsyncLifetime
{
    private const string Feed = """
        {"name":"siem","url":"https://siem.example/hook","format":"ocsf","where":"has kind","secret_variable":"WRIT_FEED_DEFAULT__SIEM","secret_set":false,
        "logs":[{"log":"decisions","standing":"retrying","position":5,"behind":7,"delivered":5,"code":"WRIT2111","error":"HTTP status 503"}]}
        """;

    private StubServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await StubServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Adding_a_feed_sends_what_was_said_and_names_the_secret_that_is_missing()
    {
        _server.On("POST /v1/feeds", $$"""{"feed":{{Feed}}}""", 201);
        var run = await _server.RunAsync(
            "feed", "add", "siem", "--url", "https://siem.example/hook", "--format", "ocsf", "--where", "outcome = DENY", "--decisions-only", "--allow-address", "10.0.0.0/8", "--allow-address", "127.0.0.1", "--from-start");
        Assert.Equal(0, run.Exit);
        Assert.Contains("WRIT_FEED_DEFAULT__SIEM is not set", run.Error, StringComparison.Ordinal);
        Assert.Equal(
            """{"name":"siem","url":"https://siem.example/hook","format":"ocsf","control":false,"allowed_addresses":["10.0.0.0/8","127.0.0.1"],"from_start":true,"where":"outcome = DENY"}""",
            Assert.Single(_server.Asked).Body!.ToJsonString());
    }

    [Fact]
    public async Task Feeds_are_listed_with_what_is_wrong_and_without_any_the_way_to_one_is_named()
    {
        _server.On("GET /v1/feeds", $$"""{"feeds":[{{Feed}}]}""");
        var run = await _server.RunAsync("feed", "list");
        Assert.Contains("retrying", run.Output, StringComparison.Ordinal);
        Assert.Contains("HTTP status 503 (WRIT2111)", run.Error, StringComparison.Ordinal);
        Assert.Equal(7, (await _server.RunAsync("feed", "list", "--json")).Json.GetProperty("feeds")[0].GetProperty("logs")[0].GetProperty("behind").GetInt32());
        _server.On("GET /v1/feeds", """{"feeds":[]}""");
        Assert.Contains("writ feed add", (await _server.RunAsync("feed", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removing_a_feed_needs_a_reason()
    {
        _server.On("POST /v1/feeds/siem/remove", """{"feeds":[]}""");
        Assert.Equal(2, (await _server.RunAsync("feed", "remove", "siem")).Exit);
        Assert.Empty(_server.Asked);
        var run = await _server.RunAsync("feed", "remove", "siem", "--reason", "moved");
        Assert.Equal((0, "siem sends nothing any more; 0 left\n"), (run.Exit, run.Output));
        Assert.Equal("moved", Assert.Single(_server.Asked).Body!["reason"]!.GetValue<string>());
    }
}
