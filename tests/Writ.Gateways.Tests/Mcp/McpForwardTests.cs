using System.Text.Json;
using Writ.Gateways.Mcp.Governed;
using Writ.Gateways.Mcp.Upstreams;

namespace Writ.Gateways.Tests.Mcp;

public sealed class McpForwardTests
{
    private readonly StubGovernor _governor = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_denied_call_gets_a_code_and_a_token_and_reaches_nobody()
    {
        _governor.Decide = _ => StubGovernor.Refuse();
        var error = await ErrorAsync();
        Assert.Equal("""{"code":1001,"message":"No policy permits this action.","data":{"code":"WRIT1001","outcome":"DENY","escalation":"esc_1"}}""", error.GetRawText());
        Assert.Empty(_governor.Shop.Calls);
        Assert.Empty(_governor.Settled);
    }

    [Fact]
    public async Task A_held_call_names_the_request_and_its_end_and_reaches_nobody()
    {
        _governor.Decide = _ => new CallDecision.Refused(new CallRefusal("WRIT4001", "Waits.", "esc_2") { Outcome = "REQUIRE_APPROVAL", Approval = "apr_1", ExpiresAt = DateTimeOffset.UnixEpoch });
        var error = await ErrorAsync();
        Assert.Equal("""{"code":"WRIT4001","outcome":"REQUIRE_APPROVAL","escalation":"esc_2","approval":"apr_1","expiresAt":"1970-01-01T00:00:00Z"}""", error.GetProperty("data").GetRawText());
        Assert.Empty(_governor.Shop.Calls);
    }

    [Theory]
    [InlineData("/mcp/shop", "refund", "credit")]
    [InlineData("/mcp", "shop__refund", "shop__credit")]
    public async Task A_remedy_is_a_call_the_agent_can_make_as_it_stands(string path, string name, string remedy)
    {
        _governor.Decide = _ => new CallDecision.Refused(new CallRefusal("WRIT1007", "Safer.", "esc_3") { RemedyTool = "credit", RemedyArguments = JsonElement.Parse("""{"amount":5}""") });
        var error = await ErrorAsync(path, name);
        Assert.Equal($$$"""{"name":"{{{remedy}}}","arguments":{"amount":5}}""", error.GetProperty("data").GetProperty("remedy").GetRawText());
    }

    [Fact]
    public async Task What_was_decided_is_what_runs_under_the_time_it_was_given()
    {
        _governor.Decide = call => StubGovernor.Permit(call, new ResultRules { TimeLimit = TimeSpan.FromSeconds(3) }, """{"a":50}""");
        await CallAsync();
        var call = _governor.Shop.Calls.Single();
        Assert.Equal("""{"a":50}""", call.Params.GetProperty("arguments").GetRawText());
        Assert.Equal((TimeSpan.FromSeconds(3), "Bearer a", "tools/call"), (call.Timeout, call.Caller, call.Method));
        Assert.Equal("""{"a":1}""", System.Text.Encoding.UTF8.GetString(_governor.Asked.Single().Arguments.Span));
    }

    [Theory]
    [InlineData(UpstreamFailure.TimedOut, true, CallEffectStatus.TimedOut, "WRIT5111")]
    [InlineData(UpstreamFailure.TimedOut, false, CallEffectStatus.NotDispatched, "WRIT5111")]
    [InlineData(UpstreamFailure.Died, true, CallEffectStatus.Unknown, "WRIT5112")]
    [InlineData(UpstreamFailure.Garbage, true, CallEffectStatus.Unknown, "WRIT5113")]
    [InlineData(UpstreamFailure.TooLarge, true, CallEffectStatus.Unknown, "WRIT5113")]
    [InlineData(UpstreamFailure.Refused, false, CallEffectStatus.NotDispatched, "WRIT5110")]
    [InlineData(UpstreamFailure.NotStarted, false, CallEffectStatus.NotDispatched, "WRIT5110")]
    [InlineData(UpstreamFailure.Overloaded, false, CallEffectStatus.NotDispatched, "WRIT5114")]
    [InlineData(UpstreamFailure.Closed, true, CallEffectStatus.Unknown, "WRIT5110")]
    public async Task A_failed_upstream_is_a_clear_error_without_its_details_and_an_effect(UpstreamFailure kind, bool mayHaveActed, CallEffectStatus status, string code)
    {
        _governor.Shop.Answer = (_, _) => ValueTask.FromResult<UpstreamAnswer>(new UpstreamAnswer.Failed(kind, "/secret/path", mayHaveActed));
        var error = await ErrorAsync();
        Assert.Equal(code, error.GetProperty("data").GetProperty("code").GetString());
        Assert.DoesNotContain("secret", error.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(status, _governor.Settled.Single().Status);
    }

    [Theory]
    [InlineData("""{"content":[],"isError":true}""", CallEffectStatus.Failed)]
    [InlineData("""{"content":[],"isError":false}""", CallEffectStatus.Executed)]
    public async Task The_effect_holds_the_result_as_the_server_gave_it(string result, CallEffectStatus status)
    {
        _governor.Shop.Answer = (_, _) => StubUpstream.Result(result);
        _governor.Decide = call => StubGovernor.Permit(call, new ResultRules { OutputLimit = 1 });
        await CallAsync();
        var effect = _governor.Settled.Single();
        Assert.Equal((status, result), (effect.Status, System.Text.Encoding.UTF8.GetString(effect.Result.Span)));
    }

    [Fact]
    public async Task The_servers_own_error_passes_but_not_around_a_limit()
    {
        _governor.Shop.Answer = (_, _) => ValueTask.FromResult<UpstreamAnswer>(new UpstreamAnswer.ProtocolError(-32602, "bad ssn 123", JsonElement.Parse("""{"x":1}""")));
        Assert.Equal("""{"code":-32602,"message":"bad ssn 123","data":{"x":1}}""", (await ErrorAsync()).GetRawText());
        _governor.Decide = call => StubGovernor.Permit(call, new ResultRules { RedactedFields = ["ssn"] });
        Assert.DoesNotContain("123", (await ErrorAsync()).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(2, _governor.Settled.Count(e => e.Status == CallEffectStatus.Failed));
    }

    [Fact]
    public async Task T68_an_agent_that_disconnects_cancels_the_call_and_its_effect_is_settled()
    {
        var (reached, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        _governor.Shop.Answer = async (_, token) =>
        {
            token.Register(() => cancelled.TrySetResult());
            reached.TrySetResult();
            await cancelled.Task;
            return new UpstreamAnswer.Failed(UpstreamFailure.Cancelled, "", MayHaveActed: true);
        };
        await using var door = await RunningDoor.StartAsync(_governor);
        using var agent = new CancellationTokenSource();
        var call = door.SendAsync(Request(door), agent.Token);
        await reached.Task.WaitAsync(Stop);
        await agent.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await cancelled.Task.WaitAsync(Stop);
        while (_governor.Settled.IsEmpty)
        {
            Stop.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(CallEffectStatus.Cancelled, _governor.Settled.Single().Status);
    }

    [Fact]
    public async Task Even_a_bug_leaves_no_permitted_call_without_an_effect()
    {
        _governor.Shop.Answer = (_, _) => throw new InvalidOperationException("a bug");
        await using var door = await RunningDoor.StartAsync(_governor);
        using var response = await door.Client.SendAsync(Request(door), Stop);
        Assert.Equal(500, (int)response.StatusCode);
        Assert.Equal((CallEffectStatus.Unknown, "door_failed"), (_governor.Settled.Single().Status, _governor.Settled.Single().Error));
    }

    [Fact]
    public async Task A_task_named_twice_is_not_taken_for_none()
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var session = await door.OpenAsync();
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync("127.0.0.1", new Uri(door.Url).Port, Stop);
        const string Body = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"refund"}}""";
        await using var stream = socket.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(
            $"POST /mcp/shop HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a\r\nContent-Type: application/json\r\nMcp-Session-Id: {session}\r\nWrit-Task: one\r\nWrit-Task: two\r\nConnection: close\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"), Stop);
        await new StreamReader(stream).ReadToEndAsync(Stop);
        Assert.Equal("one,two", _governor.TaskToken);
    }

    private static HttpRequestMessage Request(RunningDoor door, string path = "/mcp/shop", string name = "refund") =>
        door.Current("tools/call", $$$"""{"name":"{{{name}}}","arguments":{"a":1}}""", path, name: name);

    private async Task<JsonElement> CallAsync(string path = "/mcp/shop", string name = "refund")
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var (status, body, _) = await door.SendAsync(Request(door, path, name));
        Assert.Equal(200, status);
        return body;
    }

    private async Task<JsonElement> ErrorAsync(string path = "/mcp/shop", string name = "refund") => (await CallAsync(path, name)).GetProperty("error");
}
