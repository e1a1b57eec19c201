using System.Text;

namespace Writ.Server.Tests;

/// <summary>Requests to the AuthZEN door that are not answered with a decision.</summary>
public sealed class AuthZenDoorTests
{
    private const string Path = "/access/v1/evaluation";

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"subject":{"type":"agent","id":"{id}"},"action":{"name":"tool/call"}}""")]
    [InlineData("""{"subject":{"type":"user","id":"{id}"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk/read"}}""")]
    [InlineData("""{"subject":{"type":"agent","id":"01990000-0000-7000-8000-000000000000"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk/read"}}""")]
    [InlineData("""{"subject":{"type":"agent","id":"{id}","id":"{id}"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk/read"}}""")]
    [InlineData("""{"subject":{"type":"agent","id":"{id}"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk"}}""")]
    [InlineData("""{"subject":{"type":"agent","id":"{id}"},"action":{"name":"other/call"},"resource":{"type":"tool","id":"desk/read"}}""")]
    [InlineData("""{"subject":{"type":"agent","id":"{id}"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk/read"},"context":[]}""")]
    [InlineData("""{"subject":{"type":"agent","id":"{id}"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk/read"},"context":{"\ud800":1}}""")]
    [InlineData("""{"subject":{"type":"agent","id":"{id}"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk/read"},"context":{"a":{"b":1,"b":2}}}""")]
    [InlineData("""{"subject":{"type":"agent","id":"{id}","properties":{"a":1}},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk/read"},"context":{"a":2}}""")]
    [InlineData("""{"subject":{"type":"agent","id":"{id}"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk/read"},"context":{"a":1e400}}""")]
    [InlineData("""{"subject":{"type":"agent","id":"{id}"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk/read"},"approved":true}""")]
    public async Task What_cannot_be_evaluated_is_an_error_without_a_decision(string body)
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        var (status, problem, response) = await writ.SendAsync("POST", Path, await writ.PointAsync(id), body.Replace("{id}", id, StringComparison.Ordinal));
        Assert.Equal(400, status);
        Assert.Equal("WRIT5003", problem!["code"]!.GetValue<string>());
        Assert.False(problem.ContainsKey("decision"));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("Writ.Gateways", problem.ToJsonString());
    }

    [Fact]
    public async Task A_decision_is_always_status_200_with_the_callers_request_id()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        var (status, body, response) = await writ.SendAsync("POST", Path, await writ.PointAsync(id), Question(id), headers: ("X-Request-ID", "a b/~1"));
        Assert.Equal(200, status);
        Assert.False(body!["decision"]!.GetValue<bool>());
        Assert.Equal("a b/~1", response.Headers.GetValues("X-Request-ID").Single());
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_request_id_that_could_do_harm_is_not_echoed()
    {
        await using var writ = await RunningServer.StartAsync();
        foreach (var id in new[] { new string('x', 129), "a\u00e9", "a\tb" })
        {
            var answer = await writ.RawAsync($"POST {Path} HTTP/1.1\r\nHost: localhost\r\nX-Request-ID: {id}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            Assert.Matches("^HTTP/1.1 (400|401) ", answer);
            Assert.DoesNotContain("X-Request-ID", answer);
        }
    }

    [Fact]
    public async Task Strangers_are_told_how_to_come_and_other_bodies_are_not_read()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        var point = await writ.PointAsync(id);
        var (status, _, response) = await writ.SendAsync("POST", Path, "epk_nobody", Question(id));
        Assert.Equal(401, status);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal(415, (await writ.SendAsync("POST", Path, point, Question(id), "text/plain")).Status);
        Assert.Equal(413, (await writ.SendAsync("POST", Path, point, new StringBuilder().Append(' ', (1 << 20) + 1).ToString())).Status);
    }

    private static string Question(string agent) =>
        $$$"""{"subject":{"type":"agent","id":"{{{agent}}}"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk/read"}}""";
}
