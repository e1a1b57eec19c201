using System.Text;

namespace Writ.Server.Tests.Api;

public sealed class HostileBodyTests
{
    [Theory]
    [InlineData("POST", "/v1/agents", """{"name":"a","environment":"p","grants":[null]}""")]
    [InlineData("POST", "/v1/agents", """{"name":"a","environment":"p","visibility":99}""")]
    [InlineData("POST", "/v1/agents", """{"name":"a","environment":"p","visibility":"personal, global"}""")]
    [InlineData("POST", "/v1/agents", """{"name":"a","environment":"p","visibility":"personal\u002cglobal"}""")]
    [InlineData("POST", "/v1/agents", """{"name":"a","environment":"p","risk":1e300}""")]
    [InlineData("POST", "/v1/agents", """{"name":"a\u202eb","environment":"p"}""")]
    [InlineData("POST", "/v1/agents", """{"name":"a\ud800","environment":"p"}""")]
    [InlineData("POST", "/v1/agents", """{"name":"a","name":"b","environment":"p"}""")]
    [InlineData("POST", "/v1/agents", """{"name":"a","environment":"p","approved":true}""")]
    [InlineData("POST", "/v1/agents", """{"name":["a"],"environment":"p"}""")]
    [InlineData("POST", "/v1/agents", "null")]
    [InlineData("POST", "/v1/agents", "[]")]
    [InlineData("POST", "/v1/agents", "")]
    [InlineData("POST", "/v1/agents", "\uFEFF{\"name\":")]
    [InlineData("POST", "/v1/agents", "{\"name\":\"a\"} {}")]
    [InlineData("PUT", "/v1/agents/{id}/grants", """{"grants":null}""")]
    [InlineData("PUT", "/v1/agents/{id}/grants", """{"grants":["desk"]}""")]
    [InlineData("PUT", "/v1/agents/{id}/grants", """{"grants":["desk/"]}""")]
    [InlineData("PUT", "/v1/agents/{id}/grants", "{}")]
    [InlineData("POST", "/v1/agents/{id}/grants/stage", """{"keep":["desk"],"reason":"x"}""")]
    [InlineData("POST", "/v1/agents/{id}/grants/stage", """{"keep":null,"reason":"x"}""")]
    [InlineData("POST", "/v1/agents/{id}/grants/stage", """{"keep":[],"reason":""}""")]
    [InlineData("POST", "/v1/agents/{id}/grants/restore", """{"grant":"","reason":"x"}""")]
    [InlineData("PUT", "/v1/people/administrator/tools", """{"tools":["desk"]}""")]
    [InlineData("POST", "/v1/tasks", """{"scope":["desk"]}""")]
    [InlineData("POST", "/v1/agents/{id}/suspend", """{"reason":null}""")]
    [InlineData("POST", "/v1/servers", """{"slug":"a","connection":null}""")]
    [InlineData("POST", "/v1/servers", """{"slug":"a","connection":{}}""")]
    [InlineData("POST", "/v1/servers", """{"slug":"a","connection":{"type":"stdio","command":"x","arguments":[null]}}""")]
    [InlineData("POST", "/v1/servers", """{"slug":"a","connection":{"type":"stdio","command":"x","environment":{"A":null}}}""")]
    [InlineData("POST", "/v1/servers", """{"slug":"a","connection":{"type":"declared"},"tools":{"t":null}}""")]
    [InlineData("POST", "/v1/servers", """{"slug":"a","connection":{"type":"declared"},"tools":{"t":{"effect":99,"capability":"c","risk_tags":["none"]}}}""")]
    [InlineData("POST", "/v1/bundles", """{"manifest":{"name":"a","version":"1","tier":"soft"},"files":[null]}""")]
    [InlineData("POST", "/v1/bundles", """{"manifest":null,"files":[]}""")]
    [InlineData("POST", "/v1/bundles", """{"manifest":{"name":"a","version":"1","tier":7},"files":[]}""")]
    [InlineData("POST", "/v1/enforcement-points", """{"name":"a","agents":["{id}"],"enforces":[null]}""")]
    [InlineData("POST", "/v1/enforcement-points", """{"name":"a","agents":["{id}"],"facts":[null]}""")]
    [InlineData("POST", "/v1/enforcement-points", """{"name":"a","agents":[]}""")]
    [InlineData("POST", "/v1/enforcement-points", """{"name":"a"}""")]
    [InlineData("POST", "/v1/explain", """{"agent":"{id}","server":"a","tool":"b","arguments":[]}""")]
    [InlineData("POST", "/v1/explain", """{"agent":"{id}","server":"a","tool":"b","arguments":{"\ud800":1}}""")]
    [InlineData("POST", "/v1/explain", """{"agent":"{id}","server":"a","tool":"b","arguments":{"x":1,"x":2}}""")]
    [InlineData("POST", "/v1/explain", """{"agent":"{id}","server":"a/b","tool":"b"}""")]
    [InlineData("POST", "/v1/tasks", """{"agent":7}""")]
    public async Task A_body_that_is_not_quite_right_is_a_problem_that_names_nothing_of_the_inside(string method, string path, string body)
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        var (status, problem, response) = await writ.SendAsync(method, path.Replace("{id}", id, StringComparison.Ordinal), writ.Person, body.Replace("{id}", id, StringComparison.Ordinal));
        Assert.True(status is 400 or 415 or 422, $"{status}: {problem}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var text = problem!.ToJsonString();
        Assert.DoesNotContain("Writ.", text.Replace("Writ.\"", "", StringComparison.Ordinal));
        Assert.DoesNotContain("System.", text);
        Assert.DoesNotContain("   at ", text);
    }

    [Fact]
    public async Task What_is_wrong_with_a_body_is_located()
    {
        await using var writ = await RunningServer.StartAsync();
        Assert.Contains("at $.approved, line 2: 'approved' is not a member here", await DetailAsync("{\n\"approved\":true}"));
        Assert.Contains("missing: 'environment'", await DetailAsync("""{"name":"a"}"""));
        Assert.Contains("'name' stands twice", await DetailAsync("""{"name":"a","name":"b"}"""));
        Assert.Contains("at $.risk, line 1: the value is not one that is taken here", await DetailAsync("""{"name":"a","environment":"p","risk":"high"}"""));

        async Task<string> DetailAsync(string body) => (await writ.SendAsync("POST", "/v1/agents", writ.Person, body)).Body!["detail"]!.GetValue<string>();
    }

    [Theory]
    [InlineData("POST /v1/agents", 600 << 10)]
    [InlineData("POST /v1/tasks", 100 << 10)]
    [InlineData("POST /v1/bundles", 5 << 20)]
    [InlineData("POST /v1/servers", 1 << 30)]
    public async Task A_body_longer_than_the_route_takes_is_refused_before_it_comes(string route, int bytes)
    {
        await using var writ = await RunningServer.StartAsync();
        var answer = await writ.RawAsync(
            $"{route} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer {writ.Person}\r\nContent-Length: {bytes}\r\n\r\n", until: "}");
        Assert.StartsWith("HTTP/1.1 413 ", answer);
        Assert.Contains("WRIT9101", answer);
    }

    [Fact]
    public async Task A_chunked_body_without_end_is_cut_off()
    {
        await using var writ = await RunningServer.StartAsync();
        var chunk = $"10000\r\n{new string(' ', 65536)}\r\n";
        var answer = await writ.RawAsync(
            $"POST /v1/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer {writ.Person}\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}{chunk}", until: "}");
        Assert.StartsWith("HTTP/1.1 413 ", answer);
    }

    [Fact]
    public async Task Nesting_beyond_every_bound_is_a_problem_and_no_crash()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        var deep = new StringBuilder().Insert(0, "[", 60_000).ToString();
        Assert.Equal(400, (await writ.SendAsync("POST", "/v1/explain", writ.Person, $$"""{"agent":"{{id}}","server":"a","tool":"b","arguments":{"x":{{deep}}""")).Status);
        Assert.Equal(200, (await writ.SendAsync("GET", "/healthz")).Status);
    }

    [Theory]
    [InlineData("/v1/agents/%00")]
    [InlineData("/v1/agents/%2e%2e%2fdecisions")]
    [InlineData("/v1/agents/%FF%FE")]
    [InlineData("/v1/agents/{01990000-0000-7000-8000-000000000000}")]
    [InlineData("/v1/decisions/x%0d%0aSet-Cookie:a=b")]
    [InlineData("/v1/approvals/..%5c..")]
    [InlineData("/v1/escalations/esc_%F0%9F%92%A9")]
    [InlineData("/v1/decisions?limit=0")]
    [InlineData("/v1/decisions?limit=501")]
    [InlineData("/v1/decisions?limit=%00")]
    [InlineData("/v1/decisions?limit=1&limit=2")]
    public async Task Odd_bytes_in_a_path_or_query_find_nothing(string path)
    {
        await using var writ = await RunningServer.StartAsync();
        var (status, _, response) = await writ.SendAsync("GET", path, writ.Person);
        Assert.True(status is 400 or 404, $"{status}");
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }
}
