using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace Writ.Crypto.Jose;

/// <summary>
/// Reads a JSON object from someone who is not trusted: UTF-8, no duplicate key at any depth (two readers would see two different tokens),
/// no half of a surrogate pair, bounded depth. What comes out can be read without exceptions.
/// </summary>
internal static class StrictJson
{
    private const int MaxDepth = 32;

    public static bool TryParseObject(ReadOnlySpan<byte> json, out JsonElement value)
    {
        value = default;
        if (!Utf8.IsValid(json))
            return false;
        try
        {
            if (!EveryStringIsWhole(json))
                return false;
            value = JsonElement.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = MaxDepth });
        }
        catch (JsonException)
        {
            return false;
        }

        return value.ValueKind == JsonValueKind.Object;
    }

    /// <summary>A member that must be a string where it is present; false when it is anything else.</summary>
    public static bool TryGetText(JsonElement value, string name, out string? text)
    {
        text = null;
        if (!value.TryGetProperty(name, out var member))
            return true;
        if (member.ValueKind != JsonValueKind.String)
            return false;
        text = member.GetString();
        return true;
    }

    /// <summary>A member that must be base64url and present.</summary>
    public static bool TryGetBytes(JsonElement value, string name, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        return TryGetText(value, name, out var text) && text is not null && Base64UrlText.TryDecode(text, out bytes);
    }

    // The reader finds half a surrogate pair only when it unescapes, and then throws another exception than for a syntax error.
    private static bool EveryStringIsWhole(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    _ = reader.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        return true;
    }
}
