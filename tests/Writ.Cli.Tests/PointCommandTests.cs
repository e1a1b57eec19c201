namespace Writ.Cli.Tests;

public sealed class PointCommandTests : IAsyncLifetime
{
    private const string Point = """{"name":"opa","kind":"opa","url":"https://opa.example/v1/data/agents/allow","actions":["effect/money"],"timeout_ms":1000,"state":"asked","secret_variable":"WRIT_POINT_DEFAULT__OPA","secret_set":false}""";

    private StubServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await StubServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Adding_a_point_sends_the_file_and_says_where_its_secret_is_missing()
    {
        _server.On("POST /v1/decision-points", $$"""{"point":{{Point}}}""", 201);
        using var file = new TemporaryFile("""{"name":"opa","kind":"opa","url":"https://opa.example/v1/data/agents/allow"}""");
        var run = await _server.RunAsync("point", "add", file.Path);
        Assert.Equal(0, run.Exit);
        Assert.Contains("effect/money", run.Output, StringComparison.Ordinal);
        Assert.Contains("WRIT_POINT_DEFAULT__OPA is not set", run.Error, StringComparison.Ordinal);
        Assert.Equal("opa", Assert.Single(_server.Asked).Body!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Points_are_listed_and_without_any_the_way_to_one_is_named()
    {
        _server.On("GET /v1/decision-points", $$"""{"points":[{{Point}}]}""");
        Assert.Contains("https://opa.example", (await _server.RunAsync("point", "list")).Output, StringComparison.Ordinal);
        Assert.Equal("opa", (await _server.RunAsync("point", "list", "--json")).Json.GetProperty("points")[0].GetProperty("name").GetString());
        _server.On("GET /v1/decision-points", """{"points":[]}""");
        Assert.Contains("writ point add", (await _server.RunAsync("point", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removing_a_point_needs_a_reason()
    {
        _server.On("POST /v1/decision-points/opa/remove", """{"points":[]}""");
        Assert.Equal(2, (await _server.RunAsync("point", "remove", "opa")).Exit);
        Assert.Empty(_server.Asked);
        var run = await _server.RunAsync("point", "remove", "opa", "--reason", "moved");
        Assert.Equal((0, "opa is not asked any more; 0 left\n"), (run.Exit, run.Output));
        Assert.Equal("moved", Assert.Single(_server.Asked).Body!["reason"]!.GetValue<string>());
    }
}
