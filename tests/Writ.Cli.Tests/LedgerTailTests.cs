namespace Writ.Cli.Tests;

public sealed class LedgerTailTests : IAsyncLifetime
{
    private const string Agent = "019b2f6e-7d2c-7c1a-9d5e-3b1f0a6c4e21";

    private StubServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await StubServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Records_are_shown_one_a_line_with_agents_by_name_and_what_others_wrote_inert()
    {
        _server.On("GET /v1/agents", $$"""{"agents":[{"id":"{{Agent}}","name":"helper","lifecycle":"active","version":"1","environment":"p","owner":"o","grants":[]}]}""");
        _server.On("GET /v1/records/tail", Events(
            (7, $$"""{"action":"tool/desk/refund","agent":"{{Agent}}","at":1767323045678901,"code":"WRIT1002","kind":"decision","outcome":"DENY","rules":["floor/no-secrets"]}"""),
            (8, """{"at":1767323046000000,"decision":"d","error":"\u001b[2Jgone","kind":"effect","status":"failed"}""")));
        var run = await _server.RunAsync("ledger", "tail", "--where", "has kind", "--count", "2");
        Assert.Equal(0, run.Exit);
        Assert.Equal(
            "2026-01-02 03:04:05.678Z  decision  DENY                   helper  tool/desk/refund  WRIT1002  floor/no-secrets\n"
            + "2026-01-02 03:04:06.000Z  effect    failed                 \\u{001B}[2Jgone  d\n",
            run.Output);
    }

    [Fact]
    public async Task A_program_gets_one_document_a_line()
    {
        _server.On("GET /v1/records/tail", Events((7, """{"kind":"decision"}"""), (9, """{"kind":"effect"}""")));
        var run = await _server.RunAsync("ledger", "tail", "--json", "--count", "2");
        Assert.Equal("""
            {"index":7,"record":{"kind":"decision"}}
            {"index":9,"record":{"kind":"effect"}}

            """, run.Output);
    }

    [Fact]
    public async Task What_is_wrong_from_the_beginning_ends_the_command()
    {
        _server.On("GET /v1/agents", """{"agents":[]}""");
        _server.On("GET /v1/records/tail", """{"code":"WRIT2060","title":"The query cannot be asked","detail":"did you mean outcome?","status":400}""", 400);
        var run = await _server.RunAsync("ledger", "tail", "--where", "outcom = DENY");
        Assert.Equal(2, run.Exit);
        Assert.Contains("did you mean outcome?", run.Error, StringComparison.Ordinal);
        _server.On("GET /v1/records/tail", "id: x\ndata: {}\n\n");
        Assert.Equal(3, (await _server.RunAsync("ledger", "tail")).Exit);
    }

    private static string Events(params (int Id, string Data)[] events) => "retry: 2000\n: alive\nid: 6\n\n" + string.Concat(events.Select(e => $"id: {e.Id}\ndata: {e.Data}\n\n"));
}
