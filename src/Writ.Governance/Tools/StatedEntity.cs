using System.Text.Json;
using System.Text.Json.Serialization;

namespace Writ.Governance.Tools;

/// <summary>A subject or resource of an application, as people stated it. What an enforcement point sends never changes it. Immutable.</summary>
/// <param name="Type">Its type, 1 to 64 letters, digits and underscores.</param>
/// <param name="Id">Its id, 1 to 256 characters without control characters.</param>
/// <param name="Properties">An object; null takes the entity back.</param>
public sealed record StatedEntity(string Type, string Id, JsonElement? Properties)
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxIdLength = 256;

    /// <summary>The longest type, in characters.</summary>
    public const int MaxTypeLength = 64;

    /// <summary>What is wrong with it, or null.</summary>
    [JsonIgnore]
    public string? Problem =>
        !IsType(Type) ? $"type: 1 to {MaxTypeLength} letters, digits and underscores, not beginning with a digit"
        : Id.Length is 0 or > MaxIdLength || Id.Any(char.IsControl) ? $"id: 1 to {MaxIdLength} characters without control characters"
        : Properties is { ValueKind: not JsonValueKind.Object } ? "properties: an object, or null to take the entity back"
        : null;

    /// <summary>Whether a word can name a type of entity.</summary>
    public static bool IsType(string word) =>
        word.Length is > 0 and <= MaxTypeLength && word.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(word[0]);
}
