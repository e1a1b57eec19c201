using System.Diagnostics;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Gateways.Otlp;
using Writ.Governance.Telemetry;
using Writ.Testing;

namespace Writ.Server.Tests.Otlp;

/// <summary>The door that agents' own spans come in by.</summary>
public sealed class OtlpDoorTests
{
    private const string Path = "/otlp/v1/traces";
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("protobuf")]
    [InlineData("json")]
    public async Task The_SDK_of_others_sends_spans_that_are_found_as_claimed_and_never_as_decisions(string encoding)
    {
        _ = Peers.OtelAgent;
        await using var writ = await RunningServer.StartAsync();
        var (id, key) = await writ.AgentAsync();
        Assert.Equal("sent", await SendByPeerAsync(writ, key, encoding,
            ("chat m-1", """{"gen_ai.operation.name":"chat","gen_ai.request.model":"m-1","gen_ai.usage.input_tokens":12,"gen_ai.prompt":"Jane Doe's order"}"""),
            ("execute_tool refund", """{"openinference.span.kind":"TOOL","tool.name":"refund","writ.decision.outcome":"ALLOW"}""")));

        var rows = await AskAsync(writ, "kind = telemetry show agent, operation, model, tool, input_tokens, permit, trace order by at asc");
        Assert.Equal(
            [
                new JsonArray(id, "chat", "m-1", null, 12, null, Trace).ToJsonString(),
                new JsonArray(id, "execute_tool", null, "refund", null, "missing", Trace).ToJsonString(),
            ],
            rows.Select(Values));
        Assert.Empty(await AskAsync(writ, "show id"));
        Assert.Equal("[1]", Values(Assert.Single(await AskAsync(writ, "kind = telemetry and permit = missing show count"))));

        var (status, payload, _) = await writ.SendAsync("GET", "/v1/records/1/payload", writ.Person); // after its task
        Assert.Equal((200, "Jane Doe's order"), (status, payload!["payload"]!["input"]!["value"]!.GetValue<string>()));
        Assert.Equal(404, (await writ.SendAsync("GET", "/v1/records/0/payload", writ.Person)).Status);
        Assert.Equal(404, (await writ.SendAsync("GET", "/v1/records/99/payload", writ.Person)).Status);
    }

    [Fact]
    public async Task A_key_that_is_not_accepted_sends_nothing()
    {
        _ = Peers.OtelAgent;
        await using var writ = await RunningServer.StartAsync();
        Assert.Contains("401", await SendByPeerAsync(writ, "agk_forged", "protobuf", ("chat", "{}")));
    }

    [Fact]
    public async Task Some_spans_may_be_rejected_and_the_answer_says_how_many_and_why()
    {
        await using var writ = await RunningServer.StartAsync();
        var (_, key) = await writ.AgentAsync();
        var body = Json(Span(Trace, 1), Span("00000000000000000000000000000000", 2), Span(Trace, 3));
        var (status, answer, response) = await writ.SendAsync("POST", Path, key, body);
        Assert.Equal((200, "1"), (status, answer!["partialSuccess"]!["rejectedSpans"]!.GetValue<string>()));
        Assert.StartsWith("WRIT2082: its trace id", answer["partialSuccess"]!["errorMessage"]!.GetValue<string>());
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("[2]", Values(Assert.Single(await AskAsync(writ, "kind = telemetry show count"))));
        Assert.Equal("{}", (await writ.SendAsync("POST", Path, key, "{}")).Body!.ToJsonString());
    }

    [Theory]
    [InlineData("text/plain", "", "{}", 415, "WRIT2083")]
    [InlineData("application/json", "br", "{}", 415, "WRIT2083")]
    [InlineData("application/json", "gzip", "{}", 400, "WRIT2080")]
    [InlineData("application/json", "", "{", 400, "WRIT2080")]
    [InlineData("application/json", "", """{"resourceSpans":7}""", 400, "WRIT2080")]
    public async Task What_cannot_be_read_is_answered_with_a_status_and_a_code(string type, string packing, string body, int status, string code)
    {
        await using var writ = await RunningServer.StartAsync();
        var (_, key) = await writ.AgentAsync();
        var (answered, bytes) = await PostAsync(writ, key, Encoding.UTF8.GetBytes(body), type, packing);
        Assert.Equal(status, answered);
        Assert.StartsWith(code + ": ", JsonNode.Parse(bytes)!["message"]!.GetValue<string>());
        Assert.Empty(await AskAsync(writ, "kind = telemetry"));
    }

    [Fact]
    public async Task A_refusal_of_protobuf_is_a_status_in_protobuf()
    {
        await using var writ = await RunningServer.StartAsync();
        var (_, key) = await writ.AgentAsync();
        var (status, bytes) = await PostAsync(writ, key, [0x08, 0x01], "application/x-protobuf");
        Assert.Equal(400, status);
        var (code, message) = ReadStatus(bytes);
        Assert.Equal(3ul, code);
        Assert.StartsWith("WRIT2080: ", message);
    }

    [Fact]
    public async Task A_body_that_unpacks_to_far_more_than_it_is_is_refused_while_it_is_unpacked()
    {
        await using var writ = await RunningServer.StartAsync();
        var (_, key) = await writ.AgentAsync();
        var bomb = Pack(new byte[64 << 20]);
        Assert.True(bomb.Length < OtlpDoor.MaxBodyBytes);
        var before = GC.GetTotalAllocatedBytes();
        var (status, bytes) = await PostAsync(writ, key, bomb, "application/x-protobuf", "gzip");
        Assert.True(GC.GetTotalAllocatedBytes() - before < 48 << 20);
        Assert.Equal((413, 8ul), (status, ReadStatus(bytes).Code));
        Assert.Equal(413, (await PostAsync(writ, key, new byte[OtlpDoor.MaxBodyBytes + 1], "application/x-protobuf")).Status);
    }

    [Fact]
    public async Task Too_many_spans_at_once_are_refused_and_too_many_in_a_time_are_told_to_wait()
    {
        var time = new FakeTime();
        await using var writ = await RunningServer.StartAsync(time);
        var (_, key) = await writ.AgentAsync();
        Assert.Equal(413, (await writ.SendAsync("POST", Path, key, Json([.. Enumerable.Range(1, SpanLimits.Spans + 1).Select(i => Span(Trace, (ulong)i))]))).Status);
        var many = Json([.. Enumerable.Range(1, SpanLimits.Spans).Select(i => Span(Trace, (ulong)i))]);
        Assert.Equal(200, (await writ.SendAsync("POST", Path, key, many)).Status);
        Assert.Equal(200, (await writ.SendAsync("POST", Path, key, many)).Status);
        var (status, answer, response) = await writ.SendAsync("POST", Path, key, many);
        Assert.Equal((429, "1"), (status, response.Headers.RetryAfter!.ToString()));
        Assert.StartsWith("WRIT4005: ", answer!["message"]!.GetValue<string>());
        // What an agent reports takes nothing from what it may do.
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/tasks", key, "{}")).Status);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await writ.SendAsync("POST", Path, key, many)).Status);
        Assert.Equal($"[{3 * SpanLimits.Spans}]", Values(Assert.Single(await AskAsync(writ, "kind = telemetry show count"))));
    }

    [Fact]
    public async Task An_enforcement_point_reports_for_its_own_agents_alone()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        var (other, _) = await writ.AgentAsync("other");
        var point = await writ.PointAsync(id);
        var (_, answer, _) = await writ.SendAsync("POST", Path, point, Json(Span(Trace, 1, id), Span(Trace, 2, other), Span(Trace, 3)));
        Assert.Equal("2", answer!["partialSuccess"]!["rejectedSpans"]!.GetValue<string>());
        Assert.Equal([new JsonArray(id).ToJsonString()], (await AskAsync(writ, "kind = telemetry show agent")).Select(Values));
    }

    private static string Span(string trace, ulong span, string? agent = null)
    {
        var attributes = agent is null ? "" : $$$"""{"key":"gen_ai.agent.id","value":{"stringValue":"{{{agent}}}"}}""";
        return $$$"""{"traceId":"{{{trace}}}","spanId":"{{{span:x16}}}","name":"s","startTimeUnixNano":"1","endTimeUnixNano":"2","attributes":[{{{attributes}}}]}""";
    }

    private static string Json(params string[] spans) => $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{string.Join(',', spans)}}]}]}]}""";

    private static async Task<IReadOnlyList<JsonNode>> AskAsync(RunningServer writ, string query)
    {
        var (status, body, _) = await writ.SendAsync("GET", "/v1/records?q=" + Uri.EscapeDataString(query), writ.Person);
        Assert.Equal(200, status);
        return [.. body!["rows"]!.AsArray().Select(r => r!)];
    }

    private static string Values(JsonNode row) => new JsonArray([.. row.AsObject().Where(m => m.Key != "index").Select(m => m.Value?.DeepClone())]).ToJsonString();

    private static async Task<string> SendByPeerAsync(RunningServer writ, string key, string encoding, params (string Name, string Attributes)[] spans)
    {
        using var node = Process.Start(new ProcessStartInfo(Peers.Node, [Peers.OtelAgent, new Uri(writ.Server.Address, Path).ToString(), encoding])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Peers.Folder, Environment = { ["AGENT_KEY"] = key },
        })!;
        foreach (var (name, attributes) in spans)
            await node.StandardInput.WriteLineAsync($$"""{"name":"{{name}}","traceId":"{{Trace}}","spanId":"00f067aa0ba902b7","attributes":{{attributes}}}""");
        node.StandardInput.Close();
        return (await node.StandardOutput.ReadToEndAsync(Stop)).Trim();
    }

    private static async Task<(int Status, byte[] Body)> PostAsync(RunningServer writ, string key, byte[] body, string type, string packing = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(writ.Server.Address, Path)) { Content = new ByteArrayContent(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (packing.Length > 0)
            request.Content.Headers.ContentEncoding.Add(packing);
        using var response = await writ.Client.SendAsync(request, Stop);
        Assert.Equal(type == "application/x-protobuf" ? type : "application/json", response.Content.Headers.ContentType!.MediaType);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(Stop));
    }

    private static byte[] Pack(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(body);
        return packed.ToArray();
    }

    /// <summary>The two fields of google.rpc.Status, short ones.</summary>
    private static (ulong Code, string Message) ReadStatus(byte[] bytes)
    {
        Assert.Equal([0x08, 0x12], [bytes[0], bytes[2]]);
        return (bytes[1], Encoding.UTF8.GetString(bytes.AsSpan(bytes[3] < 0x80 ? 4 : 5)));
    }
}
