using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Writ.Testing;

/// <summary>
/// A real, headless Chromium with one page and a virtual authenticator, driven over the DevTools protocol. Asking for it where Chromium is
/// not installed skips the running test and names the command that installs it. For one test at a time.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly Process _process;
    private readonly string _folder;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _patience = new(Patience);
    private string _session = "";
    private int _sent;

    private Chromium(Process process, string folder) => (_process, _folder) = (process, folder);

    /// <summary>The authenticator that the page's passkeys live in.</summary>
    public string Authenticator { get; private set; } = "";

    /// <summary>Starts one with an authenticator that verifies its user without asking.</summary>
    public static async Task<Chromium> StartAsync()
    {
        var program = Names
            .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "chromium is not installed: apt-get install chromium");
        var folder = Directory.CreateTempSubdirectory("writ-chromium-").FullName;
        string[] flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking"];
        var process = Process.Start(new ProcessStartInfo(program!, [.. flags, "--remote-debugging-port=0", $"--user-data-dir={folder}", "about:blank"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var browser = new Chromium(process, folder);
        try
        {
            await browser.ConnectAsync();
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a command to the page and waits for its result.</summary>
    /// <exception cref="InvalidOperationException">The browser says that it failed.</exception>
    public Task<JsonObject> SendAsync(string method, JsonObject? parameters = null) => SendAsync(method, parameters, _session);

    /// <summary>Opens an address and waits until its scripts have run.</summary>
    public async Task OpenAsync(Uri address)
    {
        await SendAsync("Page.navigate", new JsonObject { ["url"] = address.ToString() });
        await UntilAsync("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /// <summary>The value of an expression on the page; promises are awaited.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        return answer["exceptionDetails"] is { } thrown
            ? throw new InvalidOperationException($"the page threw: {thrown.ToJsonString()}")
            : answer["result"]?["value"]?.DeepClone();
    }

    /// <summary>Waits until an expression is true on the page, whatever page that is by then.</summary>
    public async Task UntilAsync(string expression)
    {
        while (true)
        {
            try
            {
                // The page itself waits, a frame at a time; a navigation breaks that off, and it is asked again.
                if ((await EvaluateAsync($"new Promise(done => {{ const look = left => {{ let is = false; try {{ is = !!({expression}); }} catch {{ }} is || !left ? done(is) : setTimeout(look, 20, left - 1); }}; look(100); }})"))?.GetValue<bool>() == true)
                    return;
            }
            catch (InvalidOperationException) when (!_patience.IsCancellationRequested)
            {
                // Between two pages.
            }
        }
    }

    /// <summary>Clicks the first element that a selector finds.</summary>
    public Task ClickAsync(string selector) => EvaluateAsync($"document.querySelector({JsonValue.Create(selector).ToJsonString()}).click()");

    /// <summary>Takes a picture of the page into a file.</summary>
    public async Task ScreenshotAsync(string file) =>
        await File.WriteAllBytesAsync(file, Convert.FromBase64String((await SendAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png" }))["data"]!.GetValue<string>()));

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _patience.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ConnectAsync()
    {
        const string Says = "DevTools listening on ";
        string? line;
        do
            line = await _process.StandardError.ReadLineAsync(_patience.Token) ?? throw new InvalidOperationException("chromium ended before it listened");
        while (!line.StartsWith(Says, StringComparison.Ordinal));
        _ = _process.StandardError.ReadToEndAsync();
        _ = _process.StandardOutput.ReadToEndAsync();
        await _socket.ConnectAsync(new Uri(line[Says.Length..]), _patience.Token);
        var target = await SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" }, session: null);
        var attached = await SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = target["targetId"]!.DeepClone(), ["flatten"] = true }, session: null);
        _session = attached["sessionId"]!.GetValue<string>();
        await SendAsync("Page.enable");
        await SendAsync("WebAuthn.enable");
        var added = await SendAsync("WebAuthn.addVirtualAuthenticator", new JsonObject
        {
            ["options"] = new JsonObject
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
        Authenticator = added["authenticatorId"]!.GetValue<string>();
    }

    private async Task<JsonObject> SendAsync(string method, JsonObject? parameters, string? session)
    {
        var id = ++_sent;
        var command = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
            command["sessionId"] = session;
        await _socket.SendAsync(Encoding.UTF8.GetBytes(command.ToJsonString()), WebSocketMessageType.Text, true, _patience.Token);
        while (true)
        {
            var message = await ReceiveAsync();
            if (message["id"]?.GetValue<int>() != id)
                continue;
            return message["error"] is { } error ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}") : message["result"]!.AsObject();
        }
    }

    private async Task<JsonObject> ReceiveAsync()
    {
        var (text, buffer) = (new MemoryStream(), new byte[64 << 10]);
        WebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(new ArraySegment<byte>(buffer), _patience.Token);
            text.Write(buffer, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return JsonNode.Parse(text.ToArray())!.AsObject();
    }
}
