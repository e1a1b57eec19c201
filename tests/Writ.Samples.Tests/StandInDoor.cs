using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using SupportDesk;

namespace Writ.Samples.Tests;

/// <summary>
/// A door with fixed answers in front of a desk: it clamps searches, holds large refunds until they were asked for a given number
/// of times, offers the archive for a deletion and refuses mail to strangers, so that the agent can be tested without a server.
/// </summary>
internal sealed class StandInDoor : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly DeskServer _desk;
    private readonly RefusalForm _form;
    private readonly Task _serving;
    private int _heldAnswersLeft;

    public StandInDoor(DeskServer desk, RefusalForm form, int heldAnswers)
    {
        (_desk, _form, _heldAnswersLeft) = (desk, form, heldAnswers);
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/mcp/support-desk";
        }

        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public List<string> KeysSeen { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                await AnswerAsync(await _listener.GetContextAsync());
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        KeysSeen.Add(context.Request.Headers["Authorization"] ?? "");
        var message = context.Request.HttpMethod == "POST" ? await JsonNode.ParseAsync(context.Request.InputStream) : null;
        var answer = message?["id"] is { } id ? Answer(message["method"]!.GetValue<string>(), message["params"]) : null;
        if (answer is null)
        {
            context.Response.StatusCode = message is null ? 405 : 202;
            context.Response.Close();
            return;
        }

        answer["jsonrpc"] = "2.0";
        answer["id"] = message!["id"]!.DeepClone();
        context.Response.ContentType = "application/json";
        context.Response.Close(JsonSerializer.SerializeToUtf8Bytes(answer), willBlock: false);
    }

    private JsonObject Answer(string method, JsonNode? parameters) => method switch
    {
        "initialize" => Result(new JsonObject
        {
            ["protocolVersion"] = "2025-06-18",
            ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() },
            ["serverInfo"] = new JsonObject { ["name"] = "stand-in", ["version"] = "1" },
        }),
        "tools/list" => Result(JsonSerializer.SerializeToNode(new ListToolsResult { Tools = DeskServer.Definitions() }, McpJsonUtilities.DefaultOptions)!),
        "tools/call" => Call(parameters!),
        _ => new JsonObject { ["error"] = new JsonObject { ["code"] = -32601, ["message"] = $"no method {method}" } },
    };

    private JsonObject Call(JsonNode parameters)
    {
        var tool = parameters["name"]!.GetValue<string>();
        var arguments = parameters["arguments"]!.AsObject();
        if (tool == "refund_order" && arguments["amount"]!.GetValue<decimal>() > 50 && _heldAnswersLeft-- > 0)
            return Refusal("REQUIRE_APPROVAL", "WRIT4001", new JsonObject { ["approval"] = "0197-approval" });
        if (tool == "delete_customers")
            return Refusal("REMEDIATE", "WRIT1007", new JsonObject
            {
                ["remedy"] = new JsonObject { ["tool"] = "archive_customers", ["arguments"] = arguments.DeepClone() },
            });
        if (tool == "send_mail" && !arguments["to"]!.GetValue<string>().EndsWith("northwind.example", StringComparison.Ordinal))
            return Refusal("DENY", "WRIT1002", []);

        var clamped = tool == "search_orders" && arguments["limit"]!.GetValue<int>() > 20;
        if (clamped)
            arguments["limit"] = 20;
        var call = new CallToolRequestParams { Name = tool, Arguments = arguments.ToDictionary(a => a.Key, a => JsonSerializer.SerializeToElement(a.Value)) };
        var result = JsonSerializer.SerializeToNode(_desk.Call(call), McpJsonUtilities.DefaultOptions)!;
        if (clamped)
            result["_meta"] = JsonNode.Parse("""{"writ/decision":{"outcome":"ALLOW_WITH_CONSTRAINTS"}}""");
        return Result(result);
    }

    private JsonObject Refusal(string outcome, string code, JsonObject data)
    {
        data["outcome"] = outcome;
        data["code"] = code;
        data["token"] = "esc_123";
        return _form == RefusalForm.ProtocolError
            ? new JsonObject { ["error"] = new JsonObject { ["code"] = -32001, ["message"] = "refused", ["data"] = data } }
            : Result(new JsonObject { ["isError"] = true, ["content"] = new JsonArray(), ["structuredContent"] = data });
    }

    private static JsonObject Result(JsonNode result) => new() { ["result"] = result };
}
