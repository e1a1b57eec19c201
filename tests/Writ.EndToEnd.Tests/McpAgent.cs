using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Writ.EndToEnd.Tests;

/// <summary>An agent that speaks the current era of MCP by hand, so that a test sees every header and every byte.</summary>
internal sealed class McpAgent : IDisposable
{
    public const string Version = "2026-07-28";

    private readonly HttpClient _client;
    private readonly string _path;
    private int _id;

    public McpAgent(RunningWrit writ, string key, string? server = null)
        : this(writ.Client(key), server)
    {
    }

    public McpAgent(HttpClient client, string? server = null)
    {
        _client = client;
        _path = server is null ? "/mcp" : $"/mcp/{server}";
    }

    /// <summary>A token that names the task of every call, where one is set.</summary>
    public string? Task { get; set; }

    /// <summary>The version that it says it is, where one is set.</summary>
    public string? Says { get; set; }

    public Task<JsonObject> CallAsync(string tool, JsonObject? arguments = null) =>
        SendAsync("tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments ?? [] }, tool);

    public async Task<IReadOnlyList<string>> ToolsAsync() =>
        [.. (await SendAsync("tools/list", []))["result"]!["tools"]!.AsArray().Select(t => t!["name"]!.GetValue<string>())];

    public async Task<JsonObject> SendAsync(string method, JsonObject parameters, string? name = null)
    {
        parameters["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = Version,
            ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
            ["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "test-agent", ["version"] = "1" },
        };
        if (Says is not null)
            parameters["_meta"]!["writ.dev/agent-version"] = Says;
        var body = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = ++_id, ["method"] = method, ["params"] = parameters };
        using var response = await PostAsync(body.ToJsonString(), request =>
        {
            request.Headers.Add("MCP-Protocol-Version", Version);
            request.Headers.Add("Mcp-Method", method);
            if (name is not null)
                request.Headers.Add("Mcp-Name", name);
        });
        var text = await response.Content.ReadAsStringAsync();
        return JsonNode.Parse(text)?.AsObject() ?? throw new InvalidOperationException($"{(int)response.StatusCode} without a body");
    }

    public async Task<HttpResponseMessage> PostAsync(string body, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (Task is not null)
            request.Headers.Add("Writ-Task", Task);
        with?.Invoke(request);
        return await _client.SendAsync(request);
    }

    public void Dispose() => _client.Dispose();
}
