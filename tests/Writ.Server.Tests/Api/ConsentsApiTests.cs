using System.Text.Json.Nodes;

namespace Writ.Server.Tests.Api;

public sealed class ConsentsApiTests
{
    [Fact]
    public async Task An_agent_that_may_not_be_discovered_answers_on_every_route_exactly_as_one_that_does_not_exist()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync("secret-agent");
        var eve = await PersonAsync(writ, "eve");
        var nothing = Guid.CreateVersion7().ToString();
        Assert.Empty((await writ.SendAsync("GET", "/v1/agents", eve)).Body!["agents"]!.AsArray());
        var routes = writ.Server.Endpoints.Select(e => (Method: e.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()?.HttpMethods[0], Path: e.RoutePattern.RawText!))
            .Where(route => route.Path.Contains("/agents/{id}", StringComparison.Ordinal)).ToArray();
        Assert.True(routes.Length > 15, $"{routes.Length} routes");
        foreach (var (method, path) in routes)
        {
            var body = method is "GET" or "DELETE" ? null : Bodies.GetValueOrDefault(path[(path.IndexOf("{id}", StringComparison.Ordinal) + 4)..], """{"reason":"x"}""");
            var hidden = await AnswerAsync(writ, method!, path, id, eve, body);
            Assert.Equal(await AnswerAsync(writ, method!, path, nothing, eve, body), hidden);
            Assert.True(hidden.StartsWith("404", StringComparison.Ordinal), $"{method} {path}: {hidden}");
        }
    }

    [Fact]
    public async Task Nor_do_other_routes_tell_that_there_is_one()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync("secret-agent");
        var eve = await PersonAsync(writ, "eve");
        var nothing = Guid.CreateVersion7().ToString();
        foreach (var (path, body) in new[]
        {
            ("/v1/explain", """{"agent":"AGENT","server":"desk","tool":"look"}"""),
            ("/v1/tasks", """{"agent":"AGENT"}"""),
            ("/v1/kills", """{"scope":"agent/AGENT","reason":"x"}"""),
            ("/v1/enforcement-points", """{"name":"spy","agents":["AGENT"]}"""),
        })
            Assert.Equal(await AnswerAsync(writ, "POST", path, nothing, eve, body), await AnswerAsync(writ, "POST", path, id, eve, body));
        foreach (var (taken, free) in new[] { ("""{"name":"secret-agent","environment":"test"}""", """{"name":"other-agent","environment":"test"}""") })
            Assert.Equal(await AnswerAsync(writ, "POST", "/v1/agents", id, eve, free), await AnswerAsync(writ, "POST", "/v1/agents", id, eve, taken));
        foreach (var query in new[] { "agent = secret-agent", "agent = other-agent" })
            Assert.Equal(await QueryAsync(writ, eve, "agent = other-agent"), (await QueryAsync(writ, eve, query)).Replace("secret-agent", "other-agent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_team_opens_a_task_once_both_sides_agree_and_no_longer_when_one_takes_it_back()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        var eve = await PersonAsync(writ, "eve");
        var task = $$"""{"agent":"{{id}}"}""";
        Assert.Equal(404, (await writ.SendAsync("POST", "/v1/tasks", eve, task)).Status);
        Assert.Equal(400, (await writ.SendAsync("POST", $"/v1/agents/{id}/consents", writ.Person, """{"who":"everyone","reason":"x"}""")).Status);
        Assert.Equal(400, (await writ.SendAsync("POST", $"/v1/agents/{id}/consents", writ.Person, """{"who":"person/eve","reason":"x","days":367}""")).Status);
        Assert.Equal(409, (await writ.SendAsync("POST", $"/v1/agents/{id}/consents", writ.Person, """{"who":"team/nowhere","reason":"x"}""")).Status);

        var (_, offered, _) = await writ.SendAsync("POST", $"/v1/agents/{id}/consents", writ.Person, """{"who":"person/eve","reason":"x","days":30}""");
        var consent = offered!["agent"]!["consents"]![0]!["id"]!.GetValue<string>();
        Assert.Equal(404, (await writ.SendAsync("POST", "/v1/tasks", eve, task)).Status);
        Assert.Equal(403, (await writ.SendAsync("POST", $"/v1/agents/{id}/consents/{consent}/accept", writ.Person)).Status);
        Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/agents/{id}/consents/{consent}/accept", eve)).Status);
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/tasks", eve, task)).Status);
        Assert.Equal(409, (await writ.SendAsync("POST", $"/v1/agents/{id}/consents/{consent}/accept", eve)).Status);

        Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/agents/{id}/consents/{consent}/withdraw", eve, """{"reason":"done"}""")).Status);
        Assert.Equal(404, (await writ.SendAsync("POST", "/v1/tasks", eve, task)).Status);
        Assert.Equal(404, (await writ.SendAsync("GET", $"/v1/agents/{id}", eve)).Status);

        Assert.Equal(200, (await writ.SendAsync("PUT", $"/v1/agents/{id}/visibility", writ.Person, """{"visibility":"organization","reason":"x"}""")).Status);
        Assert.Equal(200, (await writ.SendAsync("GET", $"/v1/agents/{id}", eve)).Status);
        Assert.Equal(404, (await writ.SendAsync("POST", "/v1/tasks", eve, task)).Status);
    }

    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["/grants"] = """{"grants":[]}""",
        ["/grants/stage"] = """{"keep":[],"reason":"x"}""",
        ["/grants/restore"] = """{"grant":"desk/look","reason":"x"}""",
        ["/keys"] = "{}",
        ["/versions"] = """{"name":"2"}""",
        ["/transfer"] = """{"to":"eve","reason":"x"}""",
        ["/visibility"] = """{"visibility":"team","reason":"x"}""",
        ["/consents"] = """{"who":"person/eve","reason":"x"}""",
        ["/reviews"] = """{"reviews":["permissions"],"note":"x"}""",
        ["/clone"] = """{"name":"copy"}""",
        ["/card"] = """{"description":"x"}""",
        ["/credentials"] = """{"kind":"spiffe-id","spiffe_id":"spiffe://peer.example/agent"}""",
        ["/credentials/{credential}/rotate"] = "{}",
        ["/delegations"] = """{"key":{},"tools":{},"seconds":60,"max_depth":0}""",
    };

    private static async Task<string> AnswerAsync(RunningServer writ, string method, string path, string id, string token, string? body)
    {
        var real = System.Text.RegularExpressions.Regex.Replace(path.Replace("{id}", id, StringComparison.Ordinal), @"\{\w+\}", "0199b2f6-e000-7000-8000-000000000009");
        var (status, _, response) = await writ.SendAsync(method, real, token, body?.Replace("AGENT", id, StringComparison.Ordinal));
        return $"{status} {(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace(id, "ID", StringComparison.Ordinal)}";
    }

    private static async Task<string> QueryAsync(RunningServer writ, string token, string query)
    {
        var (status, body, _) = await writ.SendAsync("GET", "/v1/records?q=" + Uri.EscapeDataString(query), token);
        return $"{status} {body?.ToJsonString()}";
    }

    private static async Task<string> PersonAsync(RunningServer writ, string name)
    {
        var (status, body, _) = await writ.SendAsync("POST", "/v1/people", writ.Person, $$"""{"name":"{{name}}","capabilities":["app"]}""");
        Assert.Equal(201, status);
        return body!["token"]!.GetValue<string>();
    }
}
