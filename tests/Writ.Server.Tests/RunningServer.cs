using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Writ.Server.Configuration;

namespace Writ.Server.Tests;

/// <summary>A server on a free port over folders of its own, spoken to through sockets and clients that send anything.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private RunningServer(string folder, WritServer server) => (Folder, Server) = (folder, server);

    private bool _ownsFolder;

    public string Folder { get; }

    public WritServer Server { get; }

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });

    public string Person => File.ReadAllText(Path.Combine(Folder, "config", "administrator.token")).Trim();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static ServerOptions OptionsIn(string folder) => ServerOptions.In(Path.Combine(folder, "data"), Path.Combine(folder, "config")) with
    {
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        LogLevel = LogLevel.Warning,
        Ledger = new LedgerSettings { SegmentBytes = 4 << 20, ReserveBytes = 64 * 1024 },
    };

    public static async Task<RunningServer> StartAsync(TimeProvider? time = null)
    {
        var folder = Directory.CreateTempSubdirectory("writ-server-").FullName;
        var writ = await StartAsync(folder, null, time);
        writ._ownsFolder = true;
        return writ;
    }

    /// <summary>A server over folders that somebody else looks after, with witnesses where a policy names some.</summary>
    public static Task<RunningServer> StartAsync(string folder, string? witnessPolicy, TimeProvider? time = null) =>
        StartWithAsync(folder, options => options with { Ledger = options.Ledger with { WitnessPolicyFile = witnessPolicy } }, time);

    /// <summary>A server over folders that somebody else looks after, with other settings.</summary>
    public static async Task<RunningServer> StartWithAsync(string folder, Func<ServerOptions, ServerOptions> change, TimeProvider? time = null)
    {
        var start = await WritServer.StartAsync(change(OptionsIn(folder)), time ?? TimeProvider.System, Stop);
        return new RunningServer(folder, Assert.IsType<ServerStart.Started>(start).Server);
    }

    /// <summary>A server with settings of its own, over folders that somebody else looks after.</summary>
    public static async Task<RunningServer> StartWithAsync(string folder, ServerOptions options) =>
        new(folder, Assert.IsType<ServerStart.Started>(await WritServer.StartAsync(options, TimeProvider.System, Stop)).Server);

    /// <summary>Sends a request; the status, the body as JSON where it is JSON, and the response.</summary>
    public async Task<(int Status, JsonObject? Body, HttpResponseMessage Response)> SendAsync(
        string method, string path, string? token = null, string? body = null, string type = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Server.Address, path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var response = await Client.SendAsync(request, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        return ((int)response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : null, response);
    }

    /// <summary>Writes bytes to the port as they are, and reads until the server closes or <paramref name="until"/> has come.</summary>
    public async Task<string> RawAsync(string bytes, string? until = null)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Server.Address.Port, Stop);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), Stop);
        var (answer, buffer) = (new StringBuilder(), new byte[4096]);
        for (int read; (read = await stream.ReadAsync(buffer, Stop)) > 0;)
        {
            answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
            if (until is not null && answer.ToString().Contains(until, StringComparison.Ordinal))
                break;
        }

        return answer.ToString();
    }

    public async Task<(string Id, string Key)> AgentAsync(string name = "helper")
    {
        var (status, body, _) = await SendAsync("POST", "/v1/agents", Person, $$"""{"name":"{{name}}","environment":"staging","grants":["desk/*"]}""");
        Assert.Equal(201, status);
        return (body!["agent"]!["id"]!.GetValue<string>(), body["key"]!.GetValue<string>());
    }

    public async Task<string> PointAsync(string agent, string name = "point")
    {
        var (status, body, _) = await SendAsync("POST", "/v1/enforcement-points", Person, $$"""{"name":"{{name}}","agents":["{{agent}}"]}""");
        Assert.Equal(201, status);
        return body!["key"]!.GetValue<string>();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        if (_ownsFolder)
            Directory.Delete(Folder, recursive: true);
    }
}
