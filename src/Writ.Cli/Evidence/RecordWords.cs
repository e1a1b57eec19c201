using System.Text.Json;

namespace Writ.Cli.Evidence;

/// <summary>Reads members of records whose kinds this program need not know.</summary>
internal static class RecordWords
{
    /// <summary>A text member; null where it is missing or no text.</summary>
    public static string? Word(this JsonElement record, string name) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    /// <summary>An object member; undefined where it is missing.</summary>
    public static JsonElement Member(this JsonElement record, string name) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty(name, out var member) ? member : default;

    /// <summary>Every text in a record, at any depth.</summary>
    public static IEnumerable<string> Texts(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Texts(member.Value)),
        _ => [],
    };
}
