using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>The sample support desk as a governed server, and what its own log says reached it.</summary>
internal sealed class Desk
{
    private const string Standing = "order_standing";

    private readonly string _log;

    private Desk(string log) => _log = log;

    /// <summary>Registers the desk behind Writ, in its sandbox, with its classes as people confirmed them.</summary>
    public static async Task<Desk> RegisterAsync(RunningWrit writ)
    {
        var folder = Directory.CreateDirectory(Path.Combine(writ.Folder, "desk")).FullName;
        var log = Path.Combine(folder, "calls.jsonl");
        var binary = Repository.PathOf("artifacts", "bin", "SupportDesk", "debug", "SupportDesk");
        var answer = await writ.PostAsync("/v1/servers", new JsonObject
        {
            ["slug"] = "support-desk",
            ["connection"] = new JsonObject
            {
                ["type"] = "stdio",
                ["command"] = binary,
                ["environment"] = new JsonObject { ["SUPPORT_DESK_LOG"] = log, ["DOTNET_ROOT"] = DotnetRoot, ["SUPPORT_DESK_TODAY"] = writ.Time.GetUtcNow().ToString("O") },
                ["read_only_paths"] = new JsonArray(Path.GetDirectoryName(binary), DotnetRoot),
                ["writable_paths"] = new JsonArray(folder),
            },
            ["tools"] = JsonNode.Parse(File.ReadAllText(Repository.PathOf("samples", "SupportDesk", "tool-classes.json"))),
        });
        Assert.Null(answer["fault"]);
        return new Desk(log);
    }

    /// <summary>What reached the desk for agents, in order: what Writ looked up itself stands in <see cref="LookedUp"/>.</summary>
    public IReadOnlyList<JsonObject> Calls() => [.. Log().Where(c => c.Word("tool") != Standing)];

    /// <summary>The orders that Writ asked about, in order.</summary>
    public string[] LookedUp() => [.. Log().Where(c => c.Word("tool") == Standing).Select(c => c["arguments"]!.Word("order_id")!)];

    /// <summary>The names of the tools that were called, in order.</summary>
    public string[] Called() => [.. Calls().Select(c => c.Word("tool")!)];

    /// <summary>The sample bundle, as a person would publish it.</summary>
    public static async Task PublishSampleAsync(RunningWrit writ, string version = "1.0.0")
    {
        var folder = Repository.PathOf("samples", "policies", "support-desk");
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "bundle.json")))!;
        manifest["version"] = version;
        await writ.PostAsync("/v1/bundles", new JsonObject
        {
            ["manifest"] = manifest,
            ["files"] = new JsonArray([.. Directory.EnumerateFiles(folder, "*.cedar").Append(Path.Combine(folder, "facts.json")).Order().Select(f => (JsonNode)new JsonObject
            {
                ["path"] = Path.GetFileName(f),
                ["text"] = File.ReadAllText(f),
            })]),
        });
    }

    private IEnumerable<JsonObject> Log() => File.Exists(_log) ? File.ReadLines(_log).Select(line => JsonNode.Parse(line)!.AsObject()) : [];

    private static string DotnetRoot { get; } =
        Path.GetDirectoryName(new FileInfo(Environment.ProcessPath!).ResolveLinkTarget(true)?.FullName is { } path && path.EndsWith("/dotnet", StringComparison.Ordinal)
            ? path
            : typeof(object).Assembly.Location.Split("/shared/")[0] + "/dotnet")!;
}
