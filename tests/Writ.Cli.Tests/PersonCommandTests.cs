using System.Text.Json.Nodes;

namespace Writ.Cli.Tests;

public sealed class PersonCommandTests : IAsyncLifetime
{
    private const string Kim = """{"name":"kim","display_name":"kim","capabilities":[],"teams":[],"left_at":"2026-11-27T10:00:00+00:00"}""";

    private StubServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await StubServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Leaving_takes_a_reason_and_shows_since_when()
    {
        _server.On("DELETE /v1/people/kim", Kim);
        var run = await _server.RunAsync("person", "leave", "kim", "--reason", "another job & more");
        Assert.Equal(0, run.Exit);
        Assert.Contains("2026-11-27 10:00:00Z", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await _server.RunAsync("person", "leave", "kim")).Exit);
    }

    [Fact]
    public async Task Returning_giving_and_taking_send_what_was_said()
    {
        _server.On("POST /v1/people/kim/return", Kim).On("POST /v1/people/kim/capabilities/give", Kim).On("POST /v1/people/kim/capabilities/take", Kim);
        Assert.Equal(0, (await _server.RunAsync("person", "return", "kim", "--capability", "app", "--reason", "back")).Exit);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"capabilities":["app"],"reason":"back"}"""), _server.Asked.Last().Body));
        Assert.Equal(0, (await _server.RunAsync("person", "give", "kim", "app", "platform", "--team", "billing", "--reason", "on call")).Exit);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"capabilities":["app","platform"],"reason":"on call","team":"billing"}"""), _server.Asked.Last().Body));
        Assert.Equal(0, (await _server.RunAsync("person", "take", "kim", "product", "--reason", "moved")).Exit);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"capabilities":["product"],"reason":"moved"}"""), _server.Asked.Last().Body));
        Assert.Equal(2, (await _server.RunAsync("person", "give", "kim", "--reason", "x")).Exit);
    }

    [Fact]
    public async Task People_are_listed_with_what_a_directory_calls_them_and_what_they_may_do_for_a_team()
    {
        _server.On("GET /v1/people", """{"people":[{"name":"u-1","display_name":"Kim Lee","user_name":"kim@corp","capabilities":["app"],"team_capabilities":{"billing":["platform"]},"teams":["desk"]}]}""");
        var run = await _server.RunAsync("person", "list");
        Assert.Contains("kim@corp", run.Output, StringComparison.Ordinal);
        Assert.Contains("app, platform of billing", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invitations_that_wait_are_listed_and_taken_back()
    {
        _server.On("GET /v1/people/kim/invitations", """{"person":"kim","invitations":[{"id":"0192","expires_at":"2026-11-28T10:00:00+00:00"}]}""")
            .On("DELETE /v1/people/kim/invitations/0192", """{"person":"kim","invitations":[]}""");
        Assert.Contains("0192", (await _server.RunAsync("person", "invitations", "kim")).Output, StringComparison.Ordinal);
        Assert.Contains("no invitation of kim waits", (await _server.RunAsync("person", "uninvite", "kim", "0192", "--reason", "x")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directorys_token_is_shown_once_and_its_groups_with_the_teams_they_keep()
    {
        const string one = """{"id":"0192","label":"corp","expires_at":"2027-05-01T10:00:00+00:00","provider":"corp","subject":"external_id"}""";
        _server.On("POST /v1/directories", $$"""{"directory":{{one}},"token":"wdt_shown-once","url":"http://localhost:7070/scim/v2"}""", 201)
            .On("GET /v1/directories", $$"""{"directories":[{{one}}],"groups":[{"id":"01990000-0000-7000-8000-000000000001","name":"Guides","members":2,"proposed_team":"desk","proposed_by":"sam"}]}""");
        var run = await _server.RunAsync("directory", "add", "corp", "--provider", "corp", "--subject", "external_id");
        Assert.Contains("wdt_shown-once", run.Output, StringComparison.Ordinal);
        Assert.Contains("/scim/v2", run.Output, StringComparison.Ordinal);
        Assert.Contains("proposed by sam: desk", (await _server.RunAsync("directory", "list")).Output, StringComparison.Ordinal);
    }
}
