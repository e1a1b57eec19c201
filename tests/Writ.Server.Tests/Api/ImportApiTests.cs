using System.Text;
using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.Server.Tests.Api;

public sealed class ImportApiTests
{
    [Fact]
    public async Task A_list_of_ten_thousand_becomes_drafts_and_sending_it_again_makes_no_more()
    {
        await using var writ = await RunningServer.StartAsync();
        var list = new StringBuilder();
        for (var n = 1; n <= 10_000; n++)
            list.Append("{\"name\":\"found ").Append(n).Append("\",\"claims\":{\"file\":\".mcp.json\"}}\n");
        var (status, body, _) = await writ.SendAsync("POST", "/v1/agents/import", writ.Person, list.ToString(), "application/jsonl");
        Assert.Equal((201, 10_000, 0), (status, body!["imported"]!.GetValue<int>(), body["known"]!.GetValue<int>()));
        (status, body, _) = await writ.SendAsync("POST", "/v1/agents/import", writ.Person, list.ToString(), "application/jsonl");
        Assert.Equal((201, 10_000), (status, body!["known"]!.GetValue<int>()));
        var agent = (await writ.SendAsync("GET", $"/v1/agents/{body["agents"]![16]!["id"]}", writ.Person)).Body!["agent"]!;
        Assert.Equal(("found 17", "draft", "import", 0), (agent["name"]!.GetValue<string>(), agent["lifecycle"]!.GetValue<string>(), agent["origin"]!["source"]!.GetValue<string>(), agent["grants"]!.AsArray().Count));
        list.Append("{\"name\":\"one more\"}\n");
        (status, body, _) = await writ.SendAsync("POST", "/v1/agents/import", writ.Person, list.ToString(), "application/jsonl");
        Assert.Equal((400, 10_001), (status, body!["lines"]![0]!["line"]!.GetValue<int>()));
    }

    [Fact]
    public async Task What_is_wrong_is_told_by_line_and_nothing_is_imported()
    {
        await using var writ = await RunningServer.StartAsync();
        await writ.AgentAsync("taken");
        string[] wrong =
        [
            """{"name":"a","grants":["desk/*"]}""", """{"name":"b","activate":true}""", """{"name":"c","visibility":"global"}""", """{"name":"d","name":"e"}""", "not json", "[]", "null", """{"environment":"x"}""",
            """{"name":"f","owner":"nobody"}""", """{"name":"g","risk":9}""", """{"name":"h\u202e"}""", """{"name":"i","claims":{"x":null}}""", """{"name":"j","claims":{"x":"\u0007"}}""", """{"name":"fine"}""",
            "{\"name\":\"k\",\"claims\":{\"x\":\"" + new string('x', 17 << 10) + "\"}}",
        ];
        var (status, body, _) = await writ.SendAsync("POST", "/v1/agents/import", writ.Person, """{"name":"fine"}""" + "\n\n" + string.Join("\r\n", wrong), "application/x-ndjson");
        Assert.Equal((400, "WRIT3204"), (status, body!["code"]!.GetValue<string>()));
        Assert.Equal(Enumerable.Range(3, wrong.Length), body["lines"]!.AsArray().Select(line => line!["line"]!.GetValue<int>()));
        Assert.Single((await writ.SendAsync("GET", "/v1/agents", writ.Person)).Body!["agents"]!.AsArray());

        (status, body, _) = await writ.SendAsync("POST", "/v1/agents/import", writ.Person, "{\"name\":\"fine\"}\n{\"name\":\"taken\"}", "application/jsonl");
        Assert.Equal((400, 2), (status, body!["lines"]![0]!["line"]!.GetValue<int>()));
        Assert.Equal(400, (await writ.SendAsync("POST", "/v1/agents/import", writ.Person, "", "application/jsonl")).Status);
        Assert.Equal(415, (await writ.SendAsync("POST", "/v1/agents/import", writ.Person, "{}")).Status);
        Assert.StartsWith("HTTP/1.1 413 ", await writ.RawAsync(
            $"POST /v1/agents/import HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {writ.Person}\r\nContent-Type: application/jsonl\r\nContent-Length: {(8 << 20) + 1}\r\n\r\n", until: "\r\n\r\n"), StringComparison.Ordinal);
        var eve = (await writ.SendAsync("POST", "/v1/people", writ.Person, """{"name":"eve","capabilities":["app"]}""")).Body!["token"]!.GetValue<string>();
        foreach (var name in new[] { "taken", "fine" })
            Assert.Equal(403, (await writ.SendAsync("POST", "/v1/agents/import", eve, $$"""{"name":"{{name}}"}""", "application/jsonl")).Status);
    }

    [Fact]
    public async Task A_card_of_others_becomes_a_draft_of_which_nothing_is_believed()
    {
        await using var writ = await RunningServer.StartAsync();
        var sample = File.ReadAllText(Corpora.Require("identity/a2a/sample-agent-card-v1.0.json"));
        var (status, body, _) = await writ.SendAsync("POST", "/v1/agents/import-card", writ.Person, $$"""{"card":{{sample}}}""");
        Assert.Equal(201, status);
        var agent = body!["agent"]!;
        Assert.Equal(("GeoSpatial Route Planner Agent", "draft", "1", "unstated", "card"), (
            agent["name"]!.GetValue<string>(), agent["lifecycle"]!.GetValue<string>(), agent["version"]!.GetValue<string>(), agent["model"]!.GetValue<string>(), agent["origin"]!["source"]!.GetValue<string>()));
        Assert.Equal(("1.2.0", "1, not verified"), (agent["origin"]!["claims"]!["version"]!.GetValue<string>(), agent["origin"]!["claims"]!["signatures"]!.GetValue<string>()));
        Assert.All(agent["card"]!["skills"]!.AsArray(), skill => Assert.Empty(skill!["tools"]!.AsArray())); // no consent can be for what bounds nothing
        Assert.Equal(409, (await writ.SendAsync("POST", "/v1/agents/import-card", writ.Person, $$"""{"card":{{sample}}}""")).Status);

        var published = (await writ.SendAsync("GET", $"/v1/agents/{agent["id"]}/card", writ.Person)).Body!;
        var original = JsonNode.Parse(sample)!;
        Assert.True(JsonNode.DeepEquals(original["supportedInterfaces"], published["supportedInterfaces"]));
        Assert.Equal(original["skills"]!.AsArray().Select(skill => skill!["id"]!.GetValue<string>()), published["skills"]!.AsArray().Select(skill => skill!["id"]!.GetValue<string>()));
        Assert.Null(published["signatures"]); // it says something else than what was signed
    }

    [Theory]
    [InlineData("name", "1")]
    [InlineData("name", "\"\\u202e\"")]
    [InlineData("version", "null")]
    [InlineData("supportedInterfaces", "[]")]
    [InlineData("supportedInterfaces", """[{"url":"javascript:alert(1)","protocolBinding":"JSONRPC","protocolVersion":"1.0"}]""")]
    [InlineData("supportedInterfaces", """["https://a.example"]""")]
    [InlineData("skills", """[{"id":"../etc","name":"x","description":"x"}]""")]
    [InlineData("skills", """[{"id":"a"}]""")]
    [InlineData("skills", "{}")]
    public async Task T49_a_card_that_is_none_is_refused_with_the_place(string member, string value)
    {
        await using var writ = await RunningServer.StartAsync();
        var card = JsonNode.Parse("""{"name":"n","description":"d","version":"1","supportedInterfaces":[{"url":"https://a.example/","protocolBinding":"JSONRPC","protocolVersion":"1.0"}],"capabilities":{},"skills":[]}""")!.AsObject();
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/agents/import-card", writ.Person, new JsonObject { ["card"] = card.DeepClone() }.ToJsonString())).Status);
        card[member] = JsonNode.Parse(value);
        var (status, body, _) = await writ.SendAsync("POST", "/v1/agents/import-card", writ.Person, new JsonObject { ["card"] = card.DeepClone(), ["name"] = "other" }.ToJsonString());
        Assert.Equal(400, status);
        Assert.Contains(member[..4], body!["detail"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(400, (await writ.SendAsync("POST", "/v1/agents/import-card", writ.Person, """{"card":{"name":"a","name":"b"}}""")).Status);
        Assert.Equal(400, (await writ.SendAsync("POST", "/v1/agents/import-card", writ.Person, """{"card":[]}""")).Status);
    }

    [Fact]
    public async Task The_public_catalog_names_the_host_and_nothing_else_and_a_server_json_leads_to_the_door()
    {
        await using var writ = await RunningServer.StartAsync();
        await writ.AgentAsync("secret-agent");
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/servers", writ.Person, """{"slug":"desk","connection":{"type":"declared"},"tools":{"look":{"effect":"read","capability":"desk","risk_tags":["none"]}},"definitions":[{"name":"look","inputSchema":{"type":"object"}}]}""")).Status);
        var (status, catalog, _) = await writ.SendAsync("GET", "/.well-known/ai-catalog.json");
        Assert.Equal(200, status);
        Assert.Equal(["specVersion", "host", "entries"], catalog!.Select(member => member.Key));
        Assert.Equal("1.0", catalog!["specVersion"]!.GetValue<string>());
        Assert.Empty(catalog["entries"]!.AsArray());
        Assert.DoesNotContain("secret-agent", catalog.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("desk", catalog.ToJsonString(), StringComparison.Ordinal);

        var server = (await writ.SendAsync("GET", "/v1/servers/desk/server.json", writ.Person)).Body!;
        Assert.Matches("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", server["name"]!.GetValue<string>());
        Assert.True(server["description"]!.GetValue<string>().Length <= 100);
        Assert.EndsWith("/mcp/desk", server["remotes"]![0]!["url"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(404, (await writ.SendAsync("GET", "/v1/servers/none/server.json", writ.Person)).Status);
        Assert.Equal(401, (await writ.SendAsync("GET", "/v1/servers/desk/server.json")).Status);
    }
}
