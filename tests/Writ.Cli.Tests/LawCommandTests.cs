namespace Writ.Cli.Tests;

public sealed class LawCommandTests : IAsyncLifetime
{
    private const string Id = "019f3a52-7d6c-7b1e-9a51-3f2c8e4d1b7a";

    private StubServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await StubServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Asking_for_an_erasure_says_who_has_to_confirm_it_and_how()
    {
        _server.On("POST /v1/erasures", $$"""{"erasure":{{Erasure("requested")}}}""", 202);
        var run = await _server.RunAsync("erase", "user/alice", "--reason", "request 1");
        Assert.Equal(0, run.Exit);
        Assert.Contains($"writ erase --confirm {Id}", run.Output, StringComparison.Ordinal);
        Assert.Equal("user/alice", Assert.Single(_server.Asked).Body!["subject"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_confirmed_erasure_is_told_as_it_stands()
    {
        _server.On($"POST /v1/erasures/{Id}/confirm", $$"""{"erasure":{{Erasure("executed", ",\"solo\":true")}}}""");
        var run = await _server.RunAsync("erase", "--confirm", Id);
        Assert.Contains("payload erased, commitment present", run.Output, StringComparison.Ordinal);
        Assert.Contains("one person stood for two", run.Error, StringComparison.Ordinal);
        _server.On($"POST /v1/erasures/{Id}/confirm", $$"""{"erasure":{{Erasure("confirmed", ",\"waits\":\"the clock jumped\"")}}}""");
        Assert.Contains("not carried out yet: the clock jumped", (await _server.RunAsync("erase", "--confirm", Id)).Output, StringComparison.Ordinal);
        _server.OnProblem($"POST /v1/erasures/{Id}/confirm", 409, "WRIT2070", "a hold stands");
        Assert.Equal(1, (await _server.RunAsync("erase", "--confirm", Id)).Exit);
    }

    [Theory]
    [InlineData("erase", "user/alice")]
    [InlineData("erase", "--decline", Id)]
    [InlineData("erase", "--confirm", Id, "--reason", "x")]
    [InlineData("erase", "user/alice", "--confirm", Id, "--reason", "x")]
    [InlineData("hold", "place", "case")]
    [InlineData("hold", "lift", "case")]
    public async Task What_is_half_said_is_not_sent(params string[] arguments)
    {
        Assert.Equal(2, (await _server.RunAsync(arguments)).Exit);
        Assert.Empty(_server.Asked);
    }

    [Fact]
    public async Task Erasures_and_holds_are_listed()
    {
        _server.On("GET /v1/erasures", $$"""{"erasures":[{{Erasure("confirmed", ",\"waits\":\"under hold\"")}}]}""");
        var run = await _server.RunAsync("erase");
        Assert.Contains("agent/1", run.Output, StringComparison.Ordinal);
        Assert.Contains("waits: under hold", run.Error, StringComparison.Ordinal);
        _server.On("GET /v1/holds", """{"holds":[]}""");
        Assert.Contains("no legal hold stands", (await _server.RunAsync("hold", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lifting_says_whether_the_hold_still_stands()
    {
        _server.On("POST /v1/holds/case/lift", """{"holds":[{"name":"case","reason":"r","placed_by":"ada","placed_at":"2026-01-02T03:04:05Z","lift_proposed_by":"ada"}]}""", 202);
        Assert.Contains("case still stands", (await _server.RunAsync("hold", "lift", "case", "--reason", "over")).Output, StringComparison.Ordinal);
        _server.On("POST /v1/holds/case/lift", """{"holds":[]}""");
        Assert.Contains("case is lifted; 0 left", (await _server.RunAsync("hold", "lift", "case", "--reason", "over")).Output, StringComparison.Ordinal);
    }

    private static string Erasure(string state, string more = "") =>
        $$"""{"id":"{{Id}}","subject":"agent/1","state":"{{state}}","reason":"r","requested_by":"ada","due":"2026-01-05T03:04:05Z"{{more}}}""";
}
