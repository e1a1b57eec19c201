using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Testing;

namespace Writ.Gateways.Tests.Mcp.Upstreams;

public sealed class HttpUpstreamTests
{
    private readonly FakeTime _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_current_server_is_spoken_to_without_a_handshake_and_its_headers_agree_with_the_body()
    {
        await using var peer = await WebPeer.CurrentAsync((c, m) => WebPeer.ResultAsync(c, m, """{"resultType":"complete","content":[],"x-new":1e2}"""));
        await using var upstream = new HttpUpstream(peer.Definition(), _time);

        var answer = await CallAsync(upstream, """{"name":"grüßen","arguments":{"a":1},"_meta":{"com.example/x":[1],"progressToken":3,"io.modelcontextprotocol/clientInfo":{"name":"agent"}}}""");

        Assert.Equal("1e2", Assert.IsType<UpstreamAnswer.Result>(answer).Value.GetProperty("x-new").GetRawText());
        var (_, headers, body) = peer.Seen.Last();
        Assert.Equal("2026-07-28", headers["MCP-Protocol-Version"]);
        Assert.Equal("tools/call", headers["Mcp-Method"]);
        Assert.Equal("=?base64?Z3LDvMOfZW4=?=", headers["Mcp-Name"]);
        var meta = body.GetProperty("params").GetProperty("_meta");
        Assert.Equal(["com.example/x", "io.modelcontextprotocol/protocolVersion", "io.modelcontextprotocol/clientInfo", "io.modelcontextprotocol/clientCapabilities"],
            meta.EnumerateObject().Select(p => p.Name));
        Assert.Equal("writ", meta.GetProperty("io.modelcontextprotocol/clientInfo").GetProperty("name").GetString());
        Assert.DoesNotContain(peer.Seen, s => WebPeer.Method(s.Body) == "initialize");
    }

    [Theory]
    [InlineData("""{"resultType":"input_required","inputRequests":{}}""")]
    [InlineData("""{"resultType":7}""")]
    public async Task A_current_server_may_not_answer_with_what_was_not_offered(string result)
    {
        await using var peer = await WebPeer.CurrentAsync((c, m) => WebPeer.ResultAsync(c, m, result));
        await using var upstream = new HttpUpstream(peer.Definition(), _time);
        Assert.Equal(UpstreamFailure.Garbage, Failed(await CallAsync(upstream)).Kind);
    }

    [Fact]
    public async Task A_legacy_server_gets_its_handshake_its_session_and_a_goodbye()
    {
        await using var peer = await WebPeer.LegacyAsync((c, m) => WebPeer.ResultAsync(c, m, "{}"));
        await using (var upstream = new HttpUpstream(peer.Definition(), _time))
            Assert.IsType<UpstreamAnswer.Result>(await CallAsync(upstream));

        var seen = peer.Seen.Select(s => (s.Method, WebPeer.Method(s.Body), Version: s.Headers["MCP-Protocol-Version"].ToString(), Session: s.Headers["Mcp-Session-Id"].Count)).ToArray();
        Assert.Equal([
            ("POST", "server/discover", "2026-07-28", 0), ("POST", "initialize", "", 0), ("POST", "notifications/initialized", "2025-06-18", 1),
            ("POST", "tools/call", "2025-06-18", 1), ("DELETE", null, "2025-06-18", 1)], seen);
    }

    [Fact]
    public async Task A_lost_session_is_opened_again_once_and_the_call_repeated()
    {
        var calls = 0;
        await using var peer = await WebPeer.LegacyAsync((c, m) => Interlocked.Increment(ref calls) == 1
            ? WebPeer.JsonAsync(c, 404, "{}")
            : WebPeer.ResultAsync(c, m, "{}"));
        await using var upstream = new HttpUpstream(peer.Definition(), _time);
        Assert.IsType<UpstreamAnswer.Result>(await CallAsync(upstream));
        var sessions = peer.Seen.Where(s => WebPeer.Method(s.Body) == "tools/call").Select(s => s.Headers["Mcp-Session-Id"].ToString()).ToArray();
        Assert.Equal(2, sessions.Distinct().Count());
    }

    [Fact]
    public async Task An_event_stream_is_read_up_to_the_answer_and_the_servers_requests_on_it_are_not_offered()
    {
        await using var peer = await WebPeer.LegacyAsync((c, m) => WebPeer.EventsAsync(c,
            ": hello\r\nid: 1\ndata:\n\n" +
            "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n\n" +
            "data: {\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"elicitation/create\",\"params\":{}}\n\n" +
            "event: other\ndata: {\"jsonrpc\":\"2.0\",\"id\":" + m.GetProperty("id") + ",\"result\":{\"forged\":1}}\n\n" +
            "data: {\"jsonrpc\":\"2.0\",\"id\":999,\"result\":{\"forged\":2}}\n\n" +
            "data: {\"jsonrpc\":\"2.0\",\ndata: \"id\":" + m.GetProperty("id") + ",\"result\":{\"right\":true}}\n\n"));
        await using var upstream = new HttpUpstream(peer.Definition(), _time);
        var changed = 0;
        upstream.ToolsChanged += () => changed++;

        var result = Assert.IsType<UpstreamAnswer.Result>(await CallAsync(upstream));

        Assert.True(result.Value.GetProperty("right").GetBoolean());
        Assert.Equal(1, changed);
        Assert.Equal(-32601, peer.Seen.Single(s => s.Body.ValueKind == JsonValueKind.Object && s.Body.TryGetProperty("error", out _)).Body.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal((1, 1, 1), ((int)upstream.Statistics.RefusedRequests, (int)upstream.Statistics.UnknownAnswers, (int)upstream.Statistics.GarbageMessages));
    }

    [Theory]
    [InlineData("stream")]
    [InlineData("body")]
    public async Task An_answer_past_the_bound_is_cut_off(string kind)
    {
        await using var peer = await WebPeer.CurrentAsync(async (c, m) =>
        {
            c.Response.ContentType = kind == "stream" ? "text/event-stream" : "application/json";
            var part = new byte[64 * 1024];
            part.AsSpan().Fill((byte)' ');
            for (var i = 0; i < 100_000 && !c.RequestAborted.IsCancellationRequested; i++)
                await c.Response.Body.WriteAsync(part, c.RequestAborted);
        });
        await using var upstream = new HttpUpstream(peer.Definition() with { Limits = new UpstreamLimits { MaxMessageBytes = 1 << 20 } }, _time);
        Assert.Equal(UpstreamFailure.TooLarge, Failed(await CallAsync(upstream)).Kind);
    }

    [Theory]
    [InlineData("not json", 200, UpstreamFailure.Garbage, true)]
    [InlineData("""{"jsonrpc":"2.0","id":99999,"result":{}}""", 200, UpstreamFailure.Garbage, true)]
    [InlineData("""{"jsonrpc":"2.0","id":99999,"result":{},"result":{}}""", 200, UpstreamFailure.Garbage, true)]
    [InlineData("oops", 500, UpstreamFailure.Died, true)]
    [InlineData("no", 403, UpstreamFailure.Garbage, false)]
    public async Task What_is_no_answer_never_becomes_one(string body, int status, UpstreamFailure kind, bool mayHaveActed)
    {
        await using var peer = await WebPeer.CurrentAsync((c, _) => WebPeer.JsonAsync(c, status, body));
        await using var upstream = new HttpUpstream(peer.Definition(), _time);
        var failed = Failed(await CallAsync(upstream));
        Assert.Equal((kind, mayHaveActed), (failed.Kind, failed.MayHaveActed));
    }

    [Theory]
    [InlineData("current")]
    [InlineData("legacy")]
    public async Task T68_a_call_that_ends_early_is_ended_at_the_server(string era)
    {
        var (reached, aborted, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        async Task Hang(HttpContext c, JsonElement m)
        {
            c.RequestAborted.Register(() => aborted.TrySetResult());
            reached.TrySetResult();
            await aborted.Task;
        }

        await using var peer = era == "current" ? await WebPeer.CurrentAsync(Hang) : await WebPeer.LegacyAsync(Hang);
        await using var upstream = new HttpUpstream(peer.Definition(), _time);
        var call = CallAsync(upstream);
        await reached.Task.WaitAsync(Stop);
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(UpstreamFailure.TimedOut, Failed(await call).Kind);
        await aborted.Task.WaitAsync(Stop);
        while (era == "legacy" && !peer.Seen.Any(s => WebPeer.Method(s.Body) == "notifications/cancelled"))
        {
            Stop.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var target = await WebPeer.CurrentAsync((c, m) => WebPeer.ResultAsync(c, m, "{}"));
        await using var peer = await WebPeer.StartAsync((c, _) =>
        {
            c.Response.Redirect(target.Endpoint.ToString(), permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        await using var upstream = new HttpUpstream(peer.Definition(), _time);
        Assert.Equal(UpstreamFailure.Refused, Failed(await CallAsync(upstream)).Kind);
        Assert.Empty(target.Seen);
    }

    [Fact]
    public async Task A_servers_own_credential_is_sent_and_a_header_of_the_protocol_cannot_be_set()
    {
        await using var peer = await WebPeer.CurrentAsync((c, m) => WebPeer.ResultAsync(c, m, "{}"));
        var definition = peer.Definition();
        await using var upstream = new HttpUpstream(definition with { Headers = definition.Headers.Add("Authorization", "Bearer theirs") }, _time);
        await CallAsync(upstream);
        Assert.All(peer.Seen, s => Assert.Equal("Bearer theirs", s.Headers.Authorization));

        Assert.NotNull((definition with { Headers = definition.Headers.Add("mcp-name", "x") }).Problem);
        Assert.NotNull((definition with { Headers = definition.Headers.Add("X", "a\r\nb") }).Problem);
        Assert.NotNull(new HttpServerDefinition { Endpoint = new Uri("https://user:secret@example.com/") }.Problem);
    }

    [Fact]
    public async Task Tools_whose_mirrored_parameters_break_the_rules_are_not_listed_and_the_others_are_mirrored()
    {
        await using var peer = await WebPeer.CurrentAsync((c, m) => WebPeer.ResultAsync(c, m, """
            {"resultType":"complete","tools":[
              {"name":"good","inputSchema":{"type":"object","properties":{"r":{"type":"string","x-mcp-header":"Region"},"o":{"type":"object","properties":{"n":{"type":"integer","x-mcp-header":"N"}}}}}},
              {"name":"twice","inputSchema":{"properties":{"a":{"type":"string","x-mcp-header":"A"},"b":{"type":"string","x-mcp-header":"a"}}}},
              {"name":"number","inputSchema":{"properties":{"a":{"type":"number","x-mcp-header":"A"}}}},
              {"name":"items","inputSchema":{"properties":{"a":{"type":"array","items":{"type":"string","x-mcp-header":"A"}}}}},
              {"name":"injected","inputSchema":{"properties":{"a":{"type":"string","x-mcp-header":"A\r\nB: c"}}}}]}
            """));
        await using var upstream = new HttpUpstream(peer.Definition(), _time);
        Assert.Equal(["good"], Assert.IsType<ToolListing.Complete>(await upstream.ListToolsAsync(Stop)).Tools.Select(t => t.Name));

        await CallAsync(upstream, """{"name":"good","arguments":{"r":" eu ","o":{"n":42}}}""");

        var headers = peer.Seen.Last().Headers;
        Assert.Equal("=?base64?IGV1IA==?=", headers["Mcp-Param-Region"]);
        Assert.Equal("42", headers["Mcp-Param-N"]);
    }

    [Fact]
    public async Task T59_a_name_that_resolves_to_a_private_address_is_refused_at_every_connection()
    {
        await using var peer = await WebPeer.CurrentAsync((c, m) => WebPeer.ResultAsync(c, m, "{}"));
        var definition = new HttpServerDefinition { Endpoint = new Uri($"https://rebound.example:{peer.Endpoint.Port}/mcp") };
        foreach (var address in new[] { "127.0.0.1", "169.254.169.254", "10.1.2.3", "::1", "::ffff:127.0.0.1", "fd00:ec2::254", "64:ff9b::7f00:1" })
        {
            await using var upstream = new HttpUpstream(definition, _time, (_, _) => Task.FromResult(new[] { IPAddress.Parse("8.8.8.8"), IPAddress.Parse(address) }));
            var failed = Failed(await CallAsync(upstream));
            Assert.Equal((UpstreamFailure.Refused, false), (failed.Kind, failed.MayHaveActed));
        }

        await using var literal = new HttpUpstream(new HttpServerDefinition { Endpoint = peer.Endpoint }, _time);
        Assert.Equal(UpstreamFailure.Refused, Failed(await CallAsync(literal)).Kind);
        Assert.Empty(peer.Seen);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.16.0.0", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:1::", false)]
    [InlineData("ff02::1", false)]
    public void T59_special_addresses_are_known(string address, bool isPublic) => Assert.Equal(isPublic, AddressGuard.IsPublic(IPAddress.Parse(address)));

    private static UpstreamAnswer.Failed Failed(UpstreamAnswer answer) => Assert.IsType<UpstreamAnswer.Failed>(answer);

    private static async Task<UpstreamAnswer> CallAsync(HttpUpstream upstream, string parameters = """{"name":"t","arguments":{}}""") =>
        await upstream.CallAsync(new UpstreamCall("a", "tools/call", JsonElement.Parse(parameters)), Stop);
}
