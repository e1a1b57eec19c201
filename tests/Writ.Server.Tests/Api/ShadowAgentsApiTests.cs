namespace Writ.Server.Tests.Api;

public sealed class ShadowAgentsApiTests
{
    [Fact]
    public async Task A_caller_that_nobody_registered_is_listed_with_what_it_tried_becomes_a_draft_and_stays_refused()
    {
        await using var writ = await RunningServer.StartAsync();
        var (_, known) = await writ.AgentAsync();
        foreach (var (path, token, headers) in new (string, string?, (string, string)[])[]
        {
            ("/mcp/desk", "sk-of-another", [("User-Agent", "langgraph/1.0"), ("Mcp-Method", "tools/call"), ("Mcp-Name", "refund")]),
            ("/mcp", null, [("User-Agent", "curl/8")]),
            ("/access/v1/evaluation", "epk_nobody", []),
        })
            Assert.Equal(401, (await writ.SendAsync("POST", path, token, "{ not json", headers: headers)).Status);
        Assert.Equal(400, (await writ.SendAsync("POST", "/mcp", known, "{ not json")).Status); // who is known is no shadow

        var shadows = (await writ.SendAsync("GET", "/v1/shadow-agents", writ.Person)).Body!["shadows"]!.AsArray();
        Assert.Equal(3, shadows.Count);
        var found = shadows.Single(s => s!["client"]?.GetValue<string>() == "langgraph/1.0")!;
        Assert.Equal(("token", "loopback", "/mcp/desk tools/call refund", 1), (found["credential"]!.GetValue<string>(), found["address"]!.GetValue<string>(), found["tried"]![0]!.GetValue<string>(), found["count"]!.GetValue<int>()));
        Assert.DoesNotContain("sk-of-another", shadows.ToJsonString(), StringComparison.Ordinal);
        var id = found["id"]!.GetValue<string>();

        var eve = (await writ.SendAsync("POST", "/v1/people", writ.Person, """{"name":"eve","capabilities":["app","compliance"]}""")).Body!["token"]!.GetValue<string>();
        Assert.Equal(403, (await writ.SendAsync("GET", "/v1/shadow-agents", eve)).Status);
        Assert.Equal(403, (await writ.SendAsync("POST", $"/v1/shadow-agents/{id}/register", eve, """{"name":"mine"}""")).Status);
        Assert.Equal(403, (await writ.SendAsync("POST", $"/v1/shadow-agents/{id}/dismiss", eve, """{"reason":"x"}""")).Status);
        Assert.Equal(404, (await writ.SendAsync("POST", $"/v1/shadow-agents/{new string('0', 32)}/register", writ.Person, """{"name":"mine"}""")).Status);
        Assert.Equal(409, (await writ.SendAsync("POST", $"/v1/shadow-agents/{id}/register", writ.Person, """{"name":"helper"}""")).Status);

        var (status, drafted, _) = await writ.SendAsync("POST", $"/v1/shadow-agents/{id}/register", writ.Person, """{"name":"found","owner":"eve"}""");
        Assert.Equal(201, status);
        Assert.Equal(("draft", "shadow", id), (drafted!["agent"]!["lifecycle"]!.GetValue<string>(), drafted["agent"]!["origin"]!["source"]!.GetValue<string>(), drafted["agent"]!["origin"]!["reference"]!.GetValue<string>()));
        Assert.Equal(401, (await writ.SendAsync("POST", "/mcp/desk", "sk-of-another", "{}")).Status);

        Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/shadow-agents/{id}/dismiss", writ.Person, """{"reason":"known"}""")).Status);
        var left = (await writ.SendAsync("GET", "/v1/shadow-agents", writ.Person)).Body!;
        Assert.Equal((2, 1), (left["shadows"]!.AsArray().Count, left["dismissed"]!.GetValue<int>()));
        Assert.Equal(3, (await writ.SendAsync("GET", "/v1/shadow-agents?all=true", writ.Person)).Body!["shadows"]!.AsArray().Count);
    }
}
