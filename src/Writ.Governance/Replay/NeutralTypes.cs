using System.Text.Json.Nodes;

namespace Writ.Governance.Replay;

/// <summary>
/// Reads the type annotations of recorded tools as JSON Schema: <c>str, int, float, bool, None, dict, list</c>, with what is in brackets
/// behind <c>list</c> as the items, joined by <c>|</c>. A name that is not one of these allows any value: the recording says no more
/// about it.
/// </summary>
internal static class NeutralTypes
{
    public static JsonObject SchemaOf(string annotation)
    {
        var types = new JsonArray();
        JsonObject? items = null;
        foreach (var part in Alternatives(annotation))
        {
            if (TypeOf(part) is not { } type)
                return [];
            if (!types.Any(t => t!.GetValue<string>() == type))
                types.Add(type);
            if (type == "array" && Inside(part) is { } inside)
                items = SchemaOf(inside);
        }

        var schema = new JsonObject { ["type"] = types.Count == 1 ? types[0]!.DeepClone() : types };
        if (items is not null)
            schema["items"] = items;
        return schema;
    }

    private static string? TypeOf(string part) => (part.IndexOf('[') is var bracket and >= 0 ? part[..bracket] : part) switch
    {
        "str" => "string",
        "int" => "integer",
        "float" => "number",
        "bool" => "boolean",
        "None" => "null",
        "dict" or "Dict" => "object",
        "list" or "List" => "array",
        _ => null,
    };

    private static string? Inside(string part) =>
        part.IndexOf('[') is var start and >= 0 && part.EndsWith(']') ? part[(start + 1)..^1].Trim() : null;

    /// <summary>Splits at the bars that stand outside of brackets.</summary>
    private static IEnumerable<string> Alternatives(string annotation)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < annotation.Length; i++)
        {
            depth += annotation[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (annotation[i] != '|' || depth != 0)
                continue;
            yield return annotation[start..i].Trim();
            start = i + 1;
        }

        yield return annotation[start..].Trim();
    }
}
