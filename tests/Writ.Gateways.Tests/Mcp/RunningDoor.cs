using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Writ.Gateways.Mcp;
using Writ.Gateways.Mcp.Governed;
using Writ.Testing;

namespace Writ.Gateways.Tests.Mcp;

/// <summary>The door on a real Kestrel, and an agent's requests to it.</summary>
internal sealed class RunningDoor : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningDoor(WebApplication app) => _app = app;

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });

    public FakeTime Time { get; private init; } = new();

    public string Url => _app.Urls.First();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<RunningDoor> StartAsync(ICallGovernor governor, McpDoorOptions? options = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var door = new RunningDoor(app);
        app.MapMcp(new McpDoor(governor, options ?? new McpDoorOptions(), door.Time));
        await app.StartAsync();
        return door;
    }

    public HttpRequestMessage Request(string body, string path = "/mcp/shop", string? key = "a", HttpMethod? method = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Post, Url + path);
        if (request.Method == HttpMethod.Post)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    public async Task<(int Status, JsonElement Body, HttpResponseMessage Response)> SendAsync(HttpRequestMessage request, CancellationToken? cancel = null)
    {
        var response = await Client.SendAsync(request, cancel ?? Stop);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancel ?? Stop);
        return ((int)response.StatusCode, bytes.Length == 0 ? default : JsonElement.Parse(bytes), response);
    }

    /// <summary>A request of the current era with the headers it should have, unless a test says otherwise.</summary>
    public HttpRequestMessage Current(string method, string parameters = "{}", string path = "/mcp/shop", string? version = "2026-07-28", string? name = null, string? methodHeader = null, params (string, string)[] headers)
    {
        var meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}";
        var body = $$"""{"jsonrpc":"2.0","id":"q","method":"{{method}}","params":{{parameters.Insert(1, parameters.Length > 2 ? meta + "," : meta)}}}""";
        List<(string, string)> all = [("Mcp-Method", methodHeader ?? method), .. headers];
        if (version is not null)
            all.Add(("MCP-Protocol-Version", version));
        if (name is not null)
            all.Add(("Mcp-Name", name));
        return Request(body, path, headers: [.. all]);
    }

    /// <summary>Opens a legacy session and returns its id.</summary>
    public async Task<string> OpenAsync(string path = "/mcp/shop", string key = "a", string version = "2025-11-25")
    {
        var (status, _, response) = await SendAsync(Request(
            $$$$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"{{{{version}}}}","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""", path, key));
        Assert.Equal(200, status);
        return response.Headers.GetValues("Mcp-Session-Id").Single();
    }

    public HttpRequestMessage Legacy(string session, string method, string parameters = "{}", string path = "/mcp/shop", string key = "a", string id = "1") =>
        Request($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""", path, key, null, ("Mcp-Session-Id", session), ("MCP-Protocol-Version", "2025-11-25"));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
