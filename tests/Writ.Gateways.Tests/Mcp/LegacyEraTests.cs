using System.Text.Json;

namespace Writ.Gateways.Tests.Mcp;

public sealed class LegacyEraTests
{
    private readonly StubGovernor _governor = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2025-03-26", "2025-03-26")]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("2024-11-05", "2025-11-25")]
    [InlineData("2026-07-28", "2025-11-25")]
    public async Task The_handshake_settles_on_a_revision_spoken_here(string asked, string settled)
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var (status, body, response) = await door.SendAsync(door.Request(
            $$$$"""{"jsonrpc":"2.0","id":7,"method":"initialize","params":{"protocolVersion":"{{{{asked}}}}","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}"""));
        Assert.Equal(200, status);
        Assert.Equal(settled, body.GetProperty("result").GetProperty("protocolVersion").GetString());
        Assert.Equal("""{"tools":{}}""", body.GetProperty("result").GetProperty("capabilities").GetRawText());
        Assert.Equal(43, response.Headers.GetValues("Mcp-Session-Id").Single().Length);
    }

    [Fact]
    public async Task A_session_lists_calls_pings_and_ends()
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var session = await door.OpenAsync();
        Assert.Equal(202, (await door.SendAsync(door.Request("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", headers: ("Mcp-Session-Id", session)))).Status);
        Assert.Equal("{}", (await door.SendAsync(door.Legacy(session, "ping"))).Body.GetProperty("result").GetRawText());
        Assert.Equal("refund", (await door.SendAsync(door.Legacy(session, "tools/list"))).Body.GetProperty("result").GetProperty("tools")[0].GetProperty("name").GetString());
        var (_, called, _) = await door.SendAsync(door.Legacy(session, "tools/call", """{"name":"refund"}""", id: "9007199254740993"));
        Assert.Equal("""{"jsonrpc":"2.0","id":9007199254740993,"result":{"content":[{"type":"text","text":"done"}],"x-unknown":[1e2,null]}}""", called.GetRawText());

        Assert.Equal(204, (await door.SendAsync(door.Request("", method: HttpMethod.Delete, headers: ("Mcp-Session-Id", session)))).Status);
        Assert.Equal(404, (await door.SendAsync(door.Legacy(session, "ping"))).Status);
    }

    [Fact]
    public async Task T58_a_session_works_for_its_own_credential_at_its_own_address_and_nowhere_else()
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var session = await door.OpenAsync();
        Assert.Equal(404, (await door.SendAsync(door.Legacy(session, "ping", key: "b"))).Status);
        Assert.Equal(404, (await door.SendAsync(door.Legacy(session, "ping", path: "/mcp/notes"))).Status);
        Assert.Equal(404, (await door.SendAsync(door.Legacy(session, "ping", path: "/mcp"))).Status);
        Assert.Equal(404, (await door.SendAsync(door.Request("", key: "b", method: HttpMethod.Delete, headers: ("Mcp-Session-Id", session)))).Status);
        Assert.Equal(404, (await door.SendAsync(door.Legacy(session[..^1] + (session[^1] == 'A' ? 'E' : 'A'), "ping"))).Status);
        Assert.Equal(200, (await door.SendAsync(door.Legacy(session, "ping"))).Status);
    }

    [Fact]
    public async Task Without_a_session_nothing_is_answered_and_an_idle_one_ends()
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var (status, body, _) = await door.SendAsync(door.Request("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}"""));
        Assert.Equal((400, "WRIT5107"), (status, McpDoorTests.Code(body)));

        var session = await door.OpenAsync();
        door.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(200, (await door.SendAsync(door.Legacy(session, "ping"))).Status);
        door.Time.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal(404, (await door.SendAsync(door.Legacy(session, "ping"))).Status);
    }

    [Fact]
    public async Task Sessions_of_one_credential_are_bounded_and_do_not_push_out_anothers()
    {
        await using var door = await RunningDoor.StartAsync(_governor, new() { MaxSessionsPerCredential = 2 });
        var other = await door.OpenAsync(key: "b");
        List<string> own = [];
        for (var i = 0; i < 3; i++)
        {
            own.Add(await door.OpenAsync());
            door.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(404, (await door.SendAsync(door.Legacy(own[0], "ping"))).Status);
        Assert.Equal(200, (await door.SendAsync(door.Legacy(own[1], "ping"))).Status);
        Assert.Equal(200, (await door.SendAsync(door.Legacy(other, "ping", key: "b"))).Status);
    }

    [Theory]
    [InlineData("resources/list")]
    [InlineData("server/discover")]
    [InlineData("logging/setLevel")]
    public async Task What_is_not_offered_reaches_nobody(string method)
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var (status, body, _) = await door.SendAsync(door.Legacy(await door.OpenAsync(), method));
        Assert.Equal((200, -32601), (status, body.GetProperty("error").GetProperty("code").GetInt32()));
        Assert.Empty(_governor.Shop.Calls);
    }

    [Fact]
    public async Task An_open_call_is_cancelled_by_its_id_and_by_no_other_session()
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var (session, other) = (await door.OpenAsync(), await door.OpenAsync());
        var reached = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        _governor.Shop.Answer = async (_, token) =>
        {
            token.Register(() => cancelled.TrySetResult());
            reached.TrySetResult();
            await cancelled.Task;
            return new Writ.Gateways.Mcp.Upstreams.UpstreamAnswer.Failed(Writ.Gateways.Mcp.Upstreams.UpstreamFailure.Cancelled, "", true);
        };
        var call = door.SendAsync(door.Legacy(session, "tools/call", """{"name":"refund"}""", id: "\"c\""));
        await reached.Task.WaitAsync(Stop);

        Assert.Equal(400, (await door.SendAsync(door.Legacy(session, "ping", id: "\"c\""))).Status);
        await door.SendAsync(Cancel(door, other, "\"c\""));
        await door.SendAsync(Cancel(door, session, "\"d\""));
        Assert.False(call.IsCompleted);
        Assert.Equal(202, (await door.SendAsync(Cancel(door, session, "\"c\""))).Status);

        Assert.Equal("WRIT5115", McpDoorTests.Code((await call).Body));
        Assert.Equal(Writ.Gateways.Mcp.Governed.CallEffectStatus.Cancelled, _governor.Settled.Single().Status);
    }

    private static HttpRequestMessage Cancel(RunningDoor door, string session, string id) => door.Request(
        $$$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{{{id}}}}}""", headers: ("Mcp-Session-Id", session));
}
