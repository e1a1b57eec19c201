using System.Collections.Immutable;
using System.Text.Json;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// The parameters of a tool that the current era mirrors into <c>Mcp-Param-*</c> headers (2026-07-28, streamable-http,
/// "Custom Headers from Tool Parameters").
/// </summary>
internal static class MirroredParameters
{
    private const int MaxParameters = 64;
    private const string Keyword = "x-mcp-header";

    /// <summary>A parameter: the header's name and the path of property names to its value.</summary>
    public readonly record struct Parameter(string Header, ImmutableArray<string> Path);

    /// <summary>Reads a tool's definition; false when it breaks the rules, and then the tool must not be listed.</summary>
    public static bool TryRead(JsonElement definition, out ImmutableArray<Parameter> parameters)
    {
        var found = ImmutableArray.CreateBuilder<Parameter>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var valid = !definition.TryGetProperty("inputSchema"u8, out var schema)
            || (Walk(schema, []) && Count(schema) == found.Count && found.Count <= MaxParameters);
        parameters = valid ? found.ToImmutable() : [];
        return valid;

        bool Walk(JsonElement at, ImmutableArray<string> path)
        {
            if (at.ValueKind != JsonValueKind.Object)
                return true;
            if (at.TryGetProperty(Keyword, out var header))
            {
                if (path.IsEmpty || header.ValueKind != JsonValueKind.String || !HeaderText.IsToken(header.GetString()!)
                    || !names.Add(header.GetString()!) || !IsPrimitive(at))
                {
                    return false;
                }

                found.Add(new Parameter("Mcp-Param-" + header.GetString(), path));
            }

            return !at.TryGetProperty("properties"u8, out var properties) || properties.ValueKind != JsonValueKind.Object
                || properties.EnumerateObject().All(p => Walk(p.Value, path.Add(p.Name)));
        }
    }

    /// <summary>The headers of a call with these arguments.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Headers(ImmutableArray<Parameter> parameters, JsonElement arguments)
    {
        foreach (var (header, path) in parameters)
        {
            var at = arguments;
            var present = path.All(step => at.ValueKind == JsonValueKind.Object && at.TryGetProperty(step, out at));
            var text = !present ? null : at.ValueKind switch
            {
                JsonValueKind.String => at.GetString(),
                JsonValueKind.Number => at.GetRawText(),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => null,
            };
            if (text is not null)
                yield return new(header, HeaderText.Encode(text));
        }
    }

    private static bool IsPrimitive(JsonElement schema) =>
        schema.TryGetProperty("type"u8, out var type) && type.ValueKind == JsonValueKind.String
        && type.GetString() is "string" or "integer" or "boolean";

    // Every mention must have been reached through "properties" alone; one anywhere else makes the tool invalid. A property
    // that is merely called so is an object's own name, not the keyword, but refusing it too is on the safe side.
    private static int Count(JsonElement at) => at.ValueKind switch
    {
        JsonValueKind.Object => at.EnumerateObject().Sum(p => (p.NameEquals(Keyword) ? 1 : 0) + Count(p.Value)),
        JsonValueKind.Array => at.EnumerateArray().Sum(Count),
        _ => 0,
    };
}
