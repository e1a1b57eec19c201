using System.Text.Json;
using System.Text.Json.Nodes;

namespace Writ.Governance.Policies.Constraints;

/// <summary>Names an argument: member names with dots between levels, at most 8 levels.</summary>
internal static class ArgumentPath
{
    public static bool IsValid(string path) =>
        path.Length is > 0 and <= 256 && path.Split('.') is { Length: <= 8 } names
        && names.All(n => n.Length > 0 && n.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'));

    /// <summary>The value at a path, or null where there is none.</summary>
    public static JsonElement? Find(JsonElement arguments, string path)
    {
        var at = arguments;
        foreach (var name in path.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                return null;
        }

        return at;
    }

    /// <summary>Sets the value at a path, making the objects on the way; false where something else stands in the way.</summary>
    public static bool Set(JsonObject arguments, string path, JsonNode? value)
    {
        var names = path.Split('.');
        var at = arguments;
        foreach (var name in names[..^1])
        {
            if (at[name] is null)
                at[name] = new JsonObject();
            if (at[name] is not JsonObject next)
                return false;
            at = next;
        }

        at[names[^1]] = value;
        return true;
    }
}
