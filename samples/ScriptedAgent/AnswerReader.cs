using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace ScriptedAgent;

/// <summary>
/// Reads an outcome from wherever a door may put it: the data of a JSON-RPC error, or the structured content or metadata of a tool
/// result. A result that names no outcome is ALLOW, or FAILED when it is an error of the tool's own.
/// </summary>
internal static class AnswerReader
{
    public static Answer Read(CallToolResult result)
    {
        var text = string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));
        var structured = result.StructuredContent is { ValueKind: JsonValueKind.Object } content ? JsonObject.Create(content) : null;
        return FindOutcome(structured) is { } inContent ? Create(inContent, text)
            : FindOutcome(result.Meta) is { } inMeta ? Create(inMeta, text)
            : new Answer(result.IsError == true ? "FAILED" : "ALLOW", text);
    }

    public static Answer Read(McpException error)
    {
        var data = new JsonObject();
        foreach (DictionaryEntry entry in error.Data)
            data[entry.Key.ToString()!] = JsonSerializer.SerializeToNode(entry.Value, McpJsonUtilities.DefaultOptions);
        return FindOutcome(data) is { } outcome ? Create(outcome, error.Message) : new Answer("FAILED", error.Message);
    }

    /// <summary>The object itself, or the first one directly below it, that carries a text <c>outcome</c>.</summary>
    private static JsonObject? FindOutcome(JsonObject? candidate) =>
        candidate is null ? null
        : Text(candidate, "outcome") is not null ? candidate
        : candidate.Select(member => member.Value).OfType<JsonObject>().FirstOrDefault(below => Text(below, "outcome") is not null);

    private static Answer Create(JsonObject found, string text) => new(
        Text(found, "outcome")!, text, Text(found, "code"), Text(found, "token"), Text(found, "approval"), found["remedy"] as JsonObject);

    private static string? Text(JsonObject from, string name) =>
        from.TryGetPropertyValue(name, out var value) && value is JsonValue text && text.TryGetValue<string>(out var read) ? read : null;
}
