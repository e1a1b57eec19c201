using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Writ.Gateways.Mcp.Upstreams;

namespace Writ.Gateways.Tests.Mcp.Upstreams;

/// <summary>A web server in this process that answers as a test says, and remembers what it was asked.</summary>
internal sealed class WebPeer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebPeer(WebApplication app) => _app = app;

    public ConcurrentQueue<(string Method, IHeaderDictionary Headers, JsonElement Body)> Seen { get; } = new();

    public Uri Endpoint => new(_app.Urls.First() + "/mcp");

    public static async Task<WebPeer> StartAsync(Func<HttpContext, JsonElement, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0));
        var peer = new WebPeer(builder.Build());
        peer._app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var message = body.Length == 0 ? default : JsonElement.Parse(body.ToArray());
            peer.Seen.Enqueue((context.Request.Method, new HeaderDictionary(context.Request.Headers.ToDictionary()), message));
            await answer(context, message);
        });
        await peer._app.StartAsync();
        return peer;
    }

    /// <summary>A server of the legacy era that gives a session, and whose tool calls a test answers.</summary>
    public static Task<WebPeer> LegacyAsync(Func<HttpContext, JsonElement, Task> call) => StartAsync(async (context, message) =>
    {
        switch (Method(message))
        {
            case "server/discover":
                await JsonAsync(context, 400, """{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"Bad Request: no session"}}""");
                break;
            case "initialize":
                context.Response.Headers["Mcp-Session-Id"] = "s" + Guid.NewGuid();
                await JsonAsync(context, 200, $$$$"""{"jsonrpc":"2.0","id":{{{{message.GetProperty("id")}}}},"result":{"protocolVersion":"2025-06-18","capabilities":{},"serverInfo":{"name":"l","version":"1"}}}""");
                break;
            case "tools/call":
                await call(context, message);
                break;
            default:
                context.Response.StatusCode = 202;
                break;
        }
    });

    /// <summary>A server of the current era whose tool calls a test answers.</summary>
    public static Task<WebPeer> CurrentAsync(Func<HttpContext, JsonElement, Task> call) => StartAsync((context, message) => Method(message) == "server/discover"
        ? ResultAsync(context, message, """{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"c","version":"1"}}}""")
        : call(context, message));

    public static string? Method(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty("method", out var method) ? method.GetString() : null;

    public static Task ResultAsync(HttpContext context, JsonElement message, string result) =>
        JsonAsync(context, 200, $$"""{"jsonrpc":"2.0","id":{{message.GetProperty("id")}},"result":{{result}}}""");

    public static async Task JsonAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json, Encoding.UTF8);
    }

    public static async Task EventsAsync(HttpContext context, string events)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(events, Encoding.UTF8);
    }

    public HttpServerDefinition Definition() => new() { Endpoint = Endpoint, AllowedAddresses = [IPNetwork.Parse("127.0.0.0/8")] };

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
    }
}
