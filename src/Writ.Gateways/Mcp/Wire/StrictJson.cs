using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace Writ.Gateways.Mcp.Wire;

/// <summary>
/// Reads JSON that means the same to every reader (RFC 7493): valid UTF-8 without a byte order mark, no member named
/// twice, no half surrogate, no comment or trailing comma, and bounded nesting. Two readers that disagree about a
/// message are a way around a policy.
/// </summary>
public static class StrictJson
{
    /// <summary>The deepest nesting accepted.</summary>
    public const int MaxDepth = 64;

    private const string HalfSurrogate = "a \\u escape holds half of a surrogate pair";

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
    };

    /// <summary>Reads one JSON text; false with the reason, which names a position but quotes nothing.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out JsonElement value, [NotNullWhen(false)] out string? problem)
    {
        value = default;
        if (!Utf8.IsValid(utf8))
        {
            problem = "the text is not valid UTF-8";
            return false;
        }

        try
        {
            value = JsonElement.Parse(utf8, Options);
        }
        catch (JsonException e)
        {
            problem = Describe(e);
            return false;
        }
        catch (InvalidOperationException)
        {
            // The search for members named twice unescapes the names, and throws this at half of a surrogate pair.
            problem = HalfSurrogate;
            return false;
        }

        if (HasHalfSurrogate(utf8))
        {
            value = default;
            problem = HalfSurrogate;
            return false;
        }

        problem = null;
        return true;
    }

    private static string Describe(JsonException e) =>
        e.LineNumber is { } line && e.BytePositionInLine is { } column
            ? $"the text is not JSON this side accepts (line {line + 1}, byte {column + 1}: bad syntax, or nested deeper than {MaxDepth})"
            : $"the text is not JSON this side accepts (bad syntax, a member named twice, or nested deeper than {MaxDepth})";

    // In valid JSON a backslash occurs only inside strings and always begins an escape, so the escapes can be walked
    // without a tokenizer.
    private static bool HasHalfSurrogate(ReadOnlySpan<byte> json)
    {
        var highPending = false;
        while (true)
        {
            var next = json.IndexOf((byte)'\\');
            if (next != 0 && highPending)
                return true;
            if (next < 0)
                return false;
            json = json[next..];
            if (json[1] != 'u')
            {
                if (highPending)
                    return true;
                json = json[2..];
                continue;
            }

            var unit = (Hex(json[2]) << 12) | (Hex(json[3]) << 8) | (Hex(json[4]) << 4) | Hex(json[5]);
            var isLow = unit is >= 0xDC00 and <= 0xDFFF;
            if (isLow != highPending)
                return true;
            highPending = unit is >= 0xD800 and <= 0xDBFF;
            json = json[6..];
        }
    }

    private static int Hex(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
