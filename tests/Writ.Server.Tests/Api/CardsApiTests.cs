using System.Text.Json.Nodes;

namespace Writ.Server.Tests.Api;

public sealed class CardsApiTests
{
    private const string Card = """{"description":"answers","skills":[{"id":"lookup","name":"Look up","description":"looks","tags":["orders"],"tools":["desk/look"]}],"interfaces":[{"url":"https://agents.acme.example/support"}]}""";

    [Fact]
    public async Task An_agent_has_an_A2A_card_once_its_owners_said_what_it_is_good_for()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        Assert.Equal(409, (await writ.SendAsync("GET", $"/v1/agents/{id}/card", writ.Person)).Status);
        Assert.Equal(200, (await writ.SendAsync("PUT", $"/v1/agents/{id}/card", writ.Person, Card)).Status);
        var (status, card, _) = await writ.SendAsync("GET", $"/v1/agents/{id}/card", writ.Person);
        Assert.Equal(200, status);
        // What A2A v1.0 requires of a card, and of what is in it (a2a.proto, field_behavior REQUIRED).
        foreach (var member in new[] { "name", "description", "supportedInterfaces", "version", "capabilities", "defaultInputModes", "defaultOutputModes", "skills" })
            Assert.NotNull(card![member]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""[{"url":"https://agents.acme.example/support","protocolBinding":"JSONRPC","protocolVersion":"1.0"}]"""), card!["supportedInterfaces"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""[{"id":"lookup","name":"Look up","description":"looks","tags":["orders"]}]"""), card["skills"]));
    }

    [Theory]
    [InlineData("description", "\"\"")]
    [InlineData("description", "\"a\\u202eb\"")]
    [InlineData("skills", """[{"id":"a b","name":"x","description":"x"}]""")]
    [InlineData("skills", """[{"id":"a","name":"x","description":"x"},{"id":"a","name":"x","description":"x"}]""")]
    [InlineData("skills", """[{"id":"a","name":"x","description":"x","tools":["desk"]}]""")]
    [InlineData("skills", """[null]""")]
    [InlineData("interfaces", """[{"url":"file:///etc/passwd"}]""")]
    [InlineData("interfaces", """[{"url":"https://user:secret@agents.example"}]""")]
    [InlineData("interfaces", """[{"url":"https://agents.example","binding":"SMTP"}]""")]
    [InlineData("grants", """["desk/*"]""")]
    public async Task A_card_that_says_what_it_may_not_is_refused(string member, string value)
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        var body = JsonNode.Parse(Card)!.AsObject();
        body[member] = JsonNode.Parse(value);
        Assert.Equal(400, (await writ.SendAsync("PUT", $"/v1/agents/{id}/card", writ.Person, body.ToJsonString())).Status);
    }

    [Fact]
    public async Task An_agent_opens_a_task_for_another_where_a_consent_names_it_and_its_skill()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, key) = await writ.AgentAsync();
        var (asking, askingKey) = await writ.AgentAsync("asking");
        foreach (var agent in new[] { id, asking })
            Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/agents/{agent}/activate", writ.Person, """{"reason":"x"}""")).Status);
        Assert.Equal(200, (await writ.SendAsync("PUT", $"/v1/agents/{id}/card", writ.Person, Card)).Status);
        var task = $$"""{"agent":"{{id}}","skill":"lookup"}""";
        Assert.Equal(404, (await writ.SendAsync("POST", "/v1/tasks", askingKey, task)).Status);
        var (status, offered, _) = await writ.SendAsync("POST", $"/v1/agents/{id}/consents", writ.Person, $$"""{"who":"agent/{{asking}}","reason":"x","skills":["lookup"]}""");
        Assert.Equal(200, status);
        Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/agents/{id}/consents/{offered!["agent"]!["consents"]![0]!["id"]}/accept", writ.Person)).Status);
        var (opened, answer, _) = await writ.SendAsync("POST", "/v1/tasks", askingKey, task);
        Assert.Equal(201, opened);
        Assert.NotNull(answer!["parent"]);
        foreach (var (token, body) in new[]
        {
            (askingKey, $$"""{"agent":"{{id}}"}"""), (askingKey, $$"""{"agent":"{{id}}","skill":"other"}"""), (askingKey, """{"skill":"lookup"}"""), (key, $$"""{"agent":"{{asking}}"}"""),
            (writ.Person, $$"""{"agent":"{{id}}","skill":"other"}"""),
        })
            Assert.Equal(404, (await writ.SendAsync("POST", "/v1/tasks", token, body)).Status);
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/tasks", writ.Person, task)).Status);
    }

    [Fact]
    public async Task A_copy_is_made_by_who_may_and_is_theirs()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        Assert.Equal(200, (await writ.SendAsync("PUT", $"/v1/agents/{id}/visibility", writ.Person, """{"visibility":"organization","reason":"x"}""")).Status);
        var eve = (await writ.SendAsync("POST", "/v1/people", writ.Person, """{"name":"eve","capabilities":["app"]}""")).Body!["token"]!.GetValue<string>();
        Assert.Equal(403, (await writ.SendAsync("POST", $"/v1/agents/{id}/clone", eve, """{"name":"copy"}""")).Status);
        var (_, offered, _) = await writ.SendAsync("POST", $"/v1/agents/{id}/consents", writ.Person, """{"who":"person/eve","reason":"x","right":"clone"}""");
        Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/agents/{id}/consents/{offered!["agent"]!["consents"]![0]!["id"]}/accept", eve)).Status);
        Assert.Equal(404, (await writ.SendAsync("POST", "/v1/tasks", eve, $$"""{"agent":"{{id}}"}""")).Status);
        Assert.Equal(409, (await writ.SendAsync("POST", $"/v1/agents/{id}/clone", eve, """{"name":"helper"}""")).Status);
        Assert.Equal(400, (await writ.SendAsync("POST", $"/v1/agents/{id}/clone", eve, """{"name":"copy","grants":["desk/*"]}""")).Status);
        var (status, made, _) = await writ.SendAsync("POST", $"/v1/agents/{id}/clone", eve, """{"name":"copy"}""");
        Assert.Equal(201, status);
        Assert.Equal(("eve", "draft", "clone", id), (made!["agent"]!["owner"]!.GetValue<string>(), made["agent"]!["lifecycle"]!.GetValue<string>(), made["agent"]!["origin"]!["source"]!.GetValue<string>(), made["agent"]!["origin"]!["reference"]!.GetValue<string>()));
        Assert.Empty(made["agent"]!["grants"]!.AsArray());
        Assert.Null(made["key"]);
    }

    [Fact]
    public async Task Neither_a_copy_nor_what_stands_on_an_agent_tells_of_agents_that_the_reader_may_not_know()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        var (secret, _) = await writ.AgentAsync("secret-agent");
        Assert.Equal(200, (await writ.SendAsync("PUT", $"/v1/agents/{id}/visibility", writ.Person, """{"visibility":"organization","reason":"x"}""")).Status);
        var eve = (await writ.SendAsync("POST", "/v1/people", writ.Person, """{"name":"eve","capabilities":["app"]}""")).Body!["token"]!.GetValue<string>();
        var refused = await writ.SendAsync("POST", $"/v1/agents/{id}/clone", eve, """{"name":"copy"}""");
        var taken = await writ.SendAsync("POST", $"/v1/agents/{id}/clone", eve, """{"name":"secret-agent"}""");
        Assert.Equal((403, refused.Body!["detail"]!.GetValue<string>()), (taken.Status, taken.Body!["detail"]!.GetValue<string>()));

        var (_, offered, _) = await writ.SendAsync("POST", $"/v1/agents/{id}/consents", writ.Person, """{"who":"person/eve","reason":"x","right":"clone"}""");
        var consent = offered!["agent"]!["consents"]![0]!["id"]!.GetValue<string>();
        Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/agents/{id}/consents/{consent}/accept", eve)).Status);
        var (status, made, _) = await writ.SendAsync("POST", $"/v1/agents/{id}/clone", eve, """{"name":"secret-agent"}""");
        Assert.Equal(201, status);
        Assert.StartsWith("secret-agent-", made!["agent"]!["name"]!.GetValue<string>(), StringComparison.Ordinal);

        Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/agents/{id}/consents", writ.Person, $$"""{"who":"agent/{{secret}}","reason":"x"}""")).Status);
        Assert.Contains(secret, (await writ.SendAsync("GET", $"/v1/agents/{id}", writ.Person)).Body!.ToJsonString(), StringComparison.Ordinal);
        foreach (var path in new[] { "/v1/agents", $"/v1/agents/{id}" })
        {
            var seen = (await writ.SendAsync("GET", path, eve)).Body!.ToJsonString();
            Assert.Contains(id, seen, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, seen, StringComparison.Ordinal);
        }

        var copy = made["agent"]!["id"]!.GetValue<string>();
        Assert.Equal(id, (await writ.SendAsync("GET", $"/v1/agents/{copy}", eve)).Body!["agent"]!["origin"]!["reference"]!.GetValue<string>());
        Assert.Equal(200, (await writ.SendAsync("PUT", $"/v1/agents/{id}/visibility", writ.Person, """{"visibility":"personal","reason":"x"}""")).Status);
        Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/agents/{id}/consents/{consent}/withdraw", writ.Person, """{"reason":"x"}""")).Status);
        Assert.DoesNotContain(id, (await writ.SendAsync("GET", $"/v1/agents/{copy}", eve)).Body!.ToJsonString(), StringComparison.Ordinal);
    }
}
