using System.Text.Json;
using System.Text.Json.Nodes;

namespace Writ.Governance.Tests.Schemas;

/// <summary>Makes an instance from the parts of JSON Schema that real tool definitions use, and breaks it in ways that must be noticed.</summary>
internal sealed class SampleInstances(JsonElement root)
{
    public JsonNode? Of(JsonElement schema, int depth = 0)
    {
        if (Get(schema, "$ref") is { } reference)
            return Of(Resolve(reference.GetString()!), depth);
        if (Get(schema, "const") is { } constant)
            return JsonNode.Parse(constant.GetRawText());
        if (Get(schema, "default") is { ValueKind: not JsonValueKind.Null } preset && Get(schema, "enum") is not null)
            return JsonNode.Parse(preset.GetRawText());
        if (Get(schema, "enum") is { } values)
            return JsonNode.Parse(values[0].GetRawText());
        if ((Get(schema, "anyOf") ?? Get(schema, "oneOf")) is { } alternatives && Get(schema, "properties") is null)
            return Of(alternatives[0], depth);
        var type = Get(schema, "type") is { } stated ? stated.ValueKind == JsonValueKind.Array ? stated[0].GetString() : stated.GetString() : "object";
        return type switch
        {
            "null" => null,
            "boolean" => JsonValue.Create(true),
            "integer" or "number" => JsonNode.Parse(((Get(schema, "minimum") ?? Get(schema, "maximum"))?.GetRawText()) ?? (Get(schema, "exclusiveMinimum") is null ? "1" : "7")),
            "string" => JsonValue.Create(Text(schema)),
            "array" => Items(schema, depth),
            _ => Members(schema, depth),
        };
    }

    /// <summary>Versions of a valid object that break what the schema says of its top: a required name, each stated type, a closed list.</summary>
    public static IEnumerable<JsonNode?> Mutants(JsonElement schema, JsonNode? sample)
    {
        yield return new JsonArray();
        yield return null;
        foreach (var name in Get(schema, "required") is { } required ? required.EnumerateArray().Select(n => n.GetString()!) : [])
        {
            var without = sample!.DeepClone().AsObject();
            without.Remove(name);
            yield return without;
        }

        foreach (var property in Get(schema, "properties") is { } properties ? properties.EnumerateObject() : default)
        {
            if (Get(property.Value, "type") is not { ValueKind: JsonValueKind.String } type)
                continue;
            var wrong = sample!.DeepClone().AsObject();
            wrong[property.Name] = type.GetString() == "object" ? JsonValue.Create("text") : new JsonObject();
            yield return wrong;
        }

        if (Get(schema, "additionalProperties") is { ValueKind: JsonValueKind.False })
        {
            var more = sample!.DeepClone().AsObject();
            more["not in the schema"] = 1;
            yield return more;
        }
    }

    private JsonArray Items(JsonElement schema, int depth)
    {
        var least = Get(schema, "minItems") is { } stated ? stated.GetInt32() : depth < 6 ? 1 : 0;
        var items = new JsonArray();
        for (var i = 0; i < least; i++)
            items.Add(Get(schema, "items") is { } item ? Of(item, depth + 1) : JsonValue.Create(i));
        return items;
    }

    private JsonObject Members(JsonElement schema, int depth)
    {
        var members = new JsonObject();
        var required = Get(schema, "required") is { } names ? names.EnumerateArray().Select(n => n.GetString()).ToHashSet() : [];
        foreach (var property in Get(schema, "properties") is { } properties ? properties.EnumerateObject() : default)
        {
            if (required.Contains(property.Name) || depth < 2)
                members[property.Name] = Of(property.Value, depth + 1);
        }

        return members;
    }

    private static string Text(JsonElement schema)
    {
        if (Get(schema, "format") is { } format && format.GetString() == "uuid")
            return "00000000-0000-0000-0000-000000000000";
        if (Get(schema, "pattern") is { } pattern)
            return pattern.GetString()!.StartsWith("^https?", StringComparison.Ordinal) ? "https://example.com" : pattern.GetString()!.Contains(@"\.", StringComparison.Ordinal) ? "example.com" : "a1";
        var least = Get(schema, "minLength") is { } stated ? stated.GetInt32() : 1;
        return new string('x', Math.Max(1, least));
    }

    private JsonElement Resolve(string reference) =>
        reference[2..].Split('/').Aggregate(root, (at, token) => at.GetProperty(token));

    private static JsonElement? Get(JsonElement schema, string keyword) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(keyword, out var value) ? value : null;
}
