using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Writ.Server;
using Writ.Server.Configuration;

namespace Writ.EndToEnd.Tests;

/// <summary>A real Writ on a free port, over folders of its own, spoken to as its users do: by HTTP.</summary>
internal sealed class RunningWrit : IAsyncDisposable
{
    private readonly bool _ownsFolder;
    private readonly ServerOptions _options;
    private WritServer _server;
    private bool _stopped;

    private RunningWrit(string folder, bool ownsFolder, ServerOptions options, WritServer server, TimeProvider time)
    {
        (Folder, _ownsFolder, _options, _server, Time) = (folder, ownsFolder, options, server, time);
        AdministratorToken = File.ReadAllText(Path.Combine(folder, "config", "administrator.token")).Trim();
        Administrator = Client(AdministratorToken);
    }

    public string Folder { get; }

    public TimeProvider Time { get; }

    public Uri Address => _server.Address;

    public string AdministratorToken { get; }

    public HttpClient Administrator { get; private set; }

    /// <summary>Small segments, and no floor: a test says itself what holds.</summary>
    public static ServerOptions OptionsIn(string folder) => ServerOptions.In(Path.Combine(folder, "data"), Path.Combine(folder, "config")) with
    {
        Listen = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0),
        LogLevel = Microsoft.Extensions.Logging.LogLevel.Warning,
        Floor = false,
        Ledger = new LedgerSettings { SegmentBytes = 4 << 20, ReserveBytes = 64 * 1024 },
    };

    public static async Task<RunningWrit> StartAsync(TimeProvider? time = null, string? folder = null, Func<ServerOptions, ServerOptions>? with = null)
    {
        var own = folder is null;
        folder ??= Directory.CreateTempSubdirectory("writ-e2e-").FullName;
        var options = with is null ? OptionsIn(folder) : with(OptionsIn(folder));
        var start = await WritServer.StartAsync(options, time ?? TimeProvider.System, CancellationToken.None);
        return new RunningWrit(folder, own, options, Serving(start), time ?? TimeProvider.System);
    }

    public HttpClient Client(string token) => new()
    {
        BaseAddress = _server.Address,
        // A body that will be refused is then not on its way when the refusal comes.
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token), ExpectContinue = true },
        Timeout = TimeSpan.FromSeconds(90),
    };

    /// <summary>Stops and starts over the same folders, as a restart of the service would.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        _server = Serving(await WritServer.StartAsync(_options, Time, CancellationToken.None));
        _stopped = false;
        Administrator = Client(AdministratorToken);
    }

    /// <summary>Stops it; its folders stay, and must be sound.</summary>
    public async Task StopAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        Administrator.Dispose();
        await _server.DisposeAsync();
        await Ledgers.VerifyAsync(Folder);
    }

    /// <summary>The folders as a crash at this instant would leave them, elsewhere: nothing was settled, closed or signed.</summary>
    public async Task<string> CrashedCopyAsync()
    {
        var copy = Directory.CreateTempSubdirectory("writ-e2e-copy-").FullName;
        using var copying = Process.Start("cp", ["-a", Path.Combine(Folder, "data"), Path.Combine(Folder, "config"), copy]);
        await copying.WaitForExitAsync();
        return copy;
    }

    public async Task<JsonObject> PostAsync(string path, JsonNode? body = null, int status = 201)
    {
        using var response = await Administrator.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"POST {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
    }

    public async Task<JsonObject> GetAsync(string path, int status = 200)
    {
        using var response = await Administrator.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"GET {path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>Registers an agent; its id and key.</summary>
    public async Task<(string Id, string Key)> AgentAsync(string name, params string[] grants)
    {
        var answer = await PostAsync("/v1/agents", new JsonObject
        {
            ["name"] = name,
            ["environment"] = "staging",
            ["grants"] = new JsonArray([.. grants.Select(g => (JsonNode)g)]),
        });
        return (answer["agent"]!["id"]!.GetValue<string>(), answer["key"]!.GetValue<string>());
    }

    /// <summary>Registers a server that shows its tools when asked.</summary>
    public async Task ServerAsync(string slug, JsonObject connection, params (string Tool, string Effect)[] tools)
    {
        var answer = await PostAsync("/v1/servers", new JsonObject
        {
            ["slug"] = slug,
            ["connection"] = connection,
            ["tools"] = new JsonObject(tools.Select(t => KeyValuePair.Create(t.Tool, (JsonNode?)Classification(t.Effect)))),
        });
        Assert.True(answer["fault"] is null, answer.ToJsonString());
    }

    public static JsonObject Classification(string effect) =>
        new() { ["effect"] = effect, ["capability"] = "test.use", ["risk_tags"] = new JsonArray("none") };

    /// <summary>What is recorded, newest first.</summary>
    public async Task<IReadOnlyList<JsonObject>> DecisionsAsync(string? agent = null) =>
        [.. (await GetAsync("/v1/decisions?limit=500"))["decisions"]!.AsArray().Select(d => d!.AsObject()).Where(d => agent is null || d.Word("agent") == agent)];

    /// <summary>Asks until the effect of the newest decision is recorded.</summary>
    public async Task<JsonObject> NewestEffectAsync()
    {
        while (true)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            if ((await DecisionsAsync())[0]["effect_record"] is JsonObject effect)
                return effect;
        }
    }

    public Task<JsonObject> ApproveAsync(string approval, int status = 200) => PostAsync($"/v1/approvals/{approval}/approve", status: status);

    public Task<JsonObject> PublishAsync(string name, string cedar, string tier = "soft", int status = 201) => PostAsync("/v1/bundles", new JsonObject
    {
        ["manifest"] = new JsonObject { ["name"] = name, ["version"] = "1", ["tier"] = tier },
        ["files"] = new JsonArray(new JsonObject { ["path"] = "policy.cedar", ["text"] = cedar }),
    }, status);

    private static WritServer Serving(ServerStart start) => start switch
    {
        ServerStart.Started started => started.Server,
        ServerStart.Refused refused => throw new InvalidOperationException($"{refused.Code} {refused.Message}"),
        _ => throw new InvalidOperationException("unknown start"),
    };

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
        {
            Administrator.Dispose();
            await _server.DisposeAsync();
            await Ledgers.VerifyAsync(Folder);
        }

        if (_ownsFolder)
            Directory.Delete(Folder, recursive: true);
    }
}
