using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Governance.Policies.Authoring;

namespace Writ.Cli.Discovery;

/// <summary>Reads JSON (with comments, as clients take it), TOML and YAML (without anchors and aliases) into one kind of tree.</summary>
internal static class Structured
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>The object in a file; null where there is none.</summary>
    public static JsonObject? Read(string path, byte[] bytes)
    {
        if (Text(bytes) is not { } text)
            return null;
        try
        {
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".toml" => Toml.Read(text),
                ".yaml" or ".yml" => YamlDocument.Read(path, text, _ => { }) is { } yaml ? Node(yaml) as JsonObject : null,
                _ => JsonNode.Parse(text, documentOptions: Lenient) as JsonObject,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The text; null where it is none.</summary>
    public static string? Text(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static JsonNode? Node(YamlValue value) => value switch
    {
        YamlValue.Text text => JsonValue.Create(text.Value),
        YamlValue.List list => new JsonArray([.. list.Items.Select(Node)]),
        YamlValue.Map map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Node(entry.Value)))),
        _ => null,
    };
}
