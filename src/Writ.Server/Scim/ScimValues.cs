using System.Text.Json;
using System.Text.Json.Nodes;

namespace Writ.Server.Scim;

/// <summary>Reads values as their attribute has them. Booleans may come as words, as Entra sends them.</summary>
internal static class ScimValues
{
    /// <summary>The most values of an attribute.</summary>
    public const int MostValues = 5_000;

    /// <summary>The value under the schema's names; null where there is none, or where something is wrong.</summary>
    public static JsonNode? Read(ScimAttribute attribute, JsonNode? value, out ScimError? error)
    {
        error = null;
        if (value is null or JsonArray { Count: 0 })
            return null;
        if (!attribute.MultiValued)
            return One(attribute, value, out error);
        var values = new JsonArray();
        var from = value is JsonArray many ? many.ToArray() : [value];
        if (from.Length > MostValues)
        {
            error = ScimError.BadValue($"{attribute.Name}: at most {MostValues} values");
            return null;
        }

        foreach (var one in from)
        {
            if (one is null || One(attribute, one, out error) is not { } read)
            {
                error ??= ScimError.BadValue($"{attribute.Name}: a value is null or empty");
                return null;
            }

            values.Add(read);
        }

        return values;
    }

    /// <summary>One value of an attribute; null where it is empty, or where something is wrong.</summary>
    public static JsonNode? One(ScimAttribute attribute, JsonNode value, out ScimError? error)
    {
        error = null;
        switch (attribute.Type)
        {
            case "complex" when value is JsonObject complex:
                return Parts(attribute, complex, out error);
            case "boolean" when value is JsonValue word && word.TryGetValue<string>(out var text) && bool.TryParse(text, out var said):
                return said;
            case "boolean" when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
                return value.GetValue<bool>();
            case "string" or "reference" or "dateTime" when value.GetValueKind() == JsonValueKind.String:
                return value.GetValue<string>();
            default:
                error = ScimError.BadValue($"{attribute.Name}: not a {attribute.Type}");
                return null;
        }
    }

    private static JsonObject? Parts(ScimAttribute attribute, JsonObject complex, out ScimError? error)
    {
        var read = new JsonObject();
        foreach (var (name, value) in complex)
        {
            // What the RFC has beyond ours, such as honorificPrefix, is not kept.
            if (value is null || attribute.Part(name) is not { ReadOnly: false } part)
                continue;
            if (read.ContainsKey(part.Name))
            {
                error = ScimError.BadSyntax($"{attribute.Name}.{part.Name} stands twice");
                return null;
            }

            read[part.Name] = One(part, value, out error);
            if (error is not null)
                return null;
        }

        error = attribute.Parts.FirstOrDefault(part => part.Required && read[part.Name] is null) is { } missing ? ScimError.BadValue($"{attribute.Name}: {missing.Name} is missing") : null;
        return error is null && read.Count > 0 ? read : null;
    }
}
