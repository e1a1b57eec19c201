using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>Connections to servers in JavaScript, as a person would register them.</summary>
internal static class Upstreams
{
    /// <summary>A script of node in its sandbox.</summary>
    public static JsonObject Node(string script, string[] arguments, string[]? readable = null, string[]? writable = null, JsonObject? environment = null) => new()
    {
        ["type"] = "stdio",
        ["command"] = Peers.Node,
        ["arguments"] = Strings([script, .. arguments]),
        ["environment"] = environment ?? [],
        ["read_only_paths"] = Strings([.. NodeItself(), .. readable ?? [script]]),
        ["writable_paths"] = Strings(writable ?? []),
    };

    /// <summary>A published server, whose modules it needs to see.</summary>
    public static JsonObject Peer(string script, string[] arguments, params string[] writable) => Node(script, arguments, [Peers.Folder], writable);

    /// <summary>The server that does on request what bad servers do. Its calls are logged in, and its definitions marked from, files of a folder.</summary>
    public static JsonObject Misbehaving(string folder, string start = "all") => Node(
        Repository.PathOf("tests", "Writ.Gateways.Tests", "Mcp", "Upstreams", "misbehaving-server.mjs"), [start],
        writable: [folder],
        environment: new JsonObject { ["CALL_LOG"] = Path.Combine(folder, "calls.jsonl"), ["MARK"] = Path.Combine(folder, "mark") });

    public static JsonObject Http(int port) => new()
    {
        ["type"] = "http",
        ["url"] = $"http://127.0.0.1:{port}/mcp",
        ["allowed_addresses"] = Strings(["127.0.0.1"]),
    };

    private static JsonArray Strings(string[] values) => new([.. values.Select(v => (JsonNode)v)]);

    /// <summary>What a sandbox must show for node to start: nothing where the system installed it.</summary>
    private static string[] NodeItself()
    {
        var node = new FileInfo(Peers.Node).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Peers.Node;
        return node.StartsWith("/usr/", StringComparison.Ordinal) ? [] : [Path.GetDirectoryName(Path.GetDirectoryName(node))!];
    }
}
