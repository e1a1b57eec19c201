using System.Text.Json.Nodes;

namespace Writ.Cli.Discovery;

/// <summary>Finds the servers in a client's configuration, whichever of the known forms it has.</summary>
internal static class ServerEntries
{
    /// <summary>The servers that a configuration names.</summary>
    public static IEnumerable<FoundServer> Of(string client, string file, JsonObject configuration)
    {
        foreach (var (name, entry) in Entries(client, configuration).Take(500))
            yield return Read(client, file, name, entry);
    }

    private static IEnumerable<(string Name, JsonObject Entry)> Entries(string client, JsonObject configuration)
    {
        foreach (var container in new[]
        {
            configuration["mcpServers"], configuration["context_servers"], configuration["mcp_servers"],
            client is "vscode" or "visual-studio" or "claude-code" ? configuration["servers"] : null,
            (configuration["mcp"] as JsonObject)?["servers"], client == "opencode" ? configuration["mcp"] : null, client == "goose" ? configuration["extensions"] : null,
            (configuration["experimental"] as JsonObject)?["modelContextProtocolServers"],
        })
        {
            foreach (var entry in Named(container))
                yield return entry;
        }

        // Claude Code keeps what a person added for one project under the project's path.
        foreach (var project in (configuration["projects"] as JsonObject ?? []).Take(500))
        {
            foreach (var entry in Named((project.Value as JsonObject)?["mcpServers"]))
                yield return entry;
        }
    }

    private static IEnumerable<(string, JsonObject)> Named(JsonNode? container) => container switch
    {
        JsonObject map => map.Where(entry => entry.Value is JsonObject).Select(entry => (entry.Key, (JsonObject)entry.Value!)),
        JsonArray list => list.OfType<JsonObject>().Select((entry, n) => (Text(entry, "name") ?? $"{n + 1}", entry)),
        _ => [],
    };

    private static FoundServer Read(string client, string file, string name, JsonObject entry)
    {
        // Continue's older form, and Zed's, have the command one level down.
        var inner = entry["transport"] as JsonObject ?? (entry["command"] as JsonObject is { } nested ? nested : entry);
        var words = inner["command"] is JsonArray line ? Texts(line) : Text(inner, "command", "cmd", "path") is { } command ? [command, .. Texts(inner["args"] as JsonArray)] : [];
        var url = Text(inner, "url", "httpUrl", "serverUrl", "uri");
        var (arguments, hidden) = Shown.Arguments(words.FirstOrDefault(), [.. words.Skip(1)]);
        var (target, more) = url is null ? (Shown.Command(words.FirstOrDefault()), false) : Shown.Address(url);
        return new FoundServer(
            client, file, Shown.Name(name), url is not null ? "http" : words.Count > 0 ? "stdio" : "unknown", target, arguments, hidden + (more ? 1 : 0),
            Keys(inner, entry, "env", "environment", "envs", "env_keys", "env_vars"), Keys(inner, entry, "headers", "http_headers", "env_http_headers", "requestOptions"));
    }

    private static IReadOnlyList<string> Keys(JsonObject inner, JsonObject entry, params string[] names) =>
        Shown.Names(names.SelectMany(name => (inner[name] ?? entry[name]) switch
        {
            JsonObject map => map.Select(pair => pair.Key),
            JsonArray list => Texts(list).Select(text => text.Split('=', ':')[0].Trim()),
            _ => [],
        }).Distinct(StringComparer.Ordinal));

    private static string? Text(JsonObject entry, params string[] names) =>
        names.Select(name => entry[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null).FirstOrDefault(text => text is not null);

    private static List<string> Texts(JsonArray? list) =>
        [.. (list ?? []).Select(item => item is JsonValue value && value.TryGetValue<string>(out var text) ? text : "").Where(text => text.Length > 0)];
}
