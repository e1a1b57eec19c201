using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Governance.Policies.Authoring;

namespace Writ.Cli.Policies.Cases;

/// <summary>A YAML value as the JSON an agent would send: plain words that JSON knows are what they are there, all others are texts.</summary>
internal static class YamlJson
{
    public static JsonNode? Of(YamlValue value) => value switch
    {
        YamlValue.Map map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Of(entry.Value)))),
        YamlValue.List list => new JsonArray([.. list.Items.Select(Of)]),
        YamlValue.Text { IsPlain: true, Value: "" or "null" or "~" } => null,
        YamlValue.Text { IsPlain: true, Value: "true" or "false" } truth => JsonValue.Create(truth.Value == "true"),
        YamlValue.Text { IsPlain: true } text when Number(text.Value) is { } number => number,
        YamlValue.Text text => JsonValue.Create(text.Value),
        _ => throw new InvalidOperationException(),
    };

    private static JsonValue? Number(string text)
    {
        if (text[0] is not ('-' or (>= '0' and <= '9')))
            return null;
        try
        {
            return JsonNode.Parse(text) is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
