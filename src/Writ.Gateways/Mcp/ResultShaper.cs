using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Writ.Gateways.Mcp.Governed;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp;

/// <summary>
/// Enforces on a tool's result what it was permitted under: what is not the user's left out, named fields replaced, content cut. What cannot be looked into is
/// withheld whole, and members that no rule understands are left out, so that nothing passes beside the rules.
/// </summary>
internal static class ResultShaper
{
    private const string Redacted = "[redacted]";
    private const string Withheld = "[withheld: this content has no fields that could be looked at]";

    public static JsonElement Apply(ResultRules rules, JsonElement result)
    {
        if (rules.LeaveResultsAlone)
            return result;
        return JsonRpcWriter.Build(static (w, s) =>
        {
            var (rules, result) = s;
            var left = rules.OutputLimit ?? int.MaxValue;
            w.WriteStartObject();
            foreach (var member in result.EnumerateObject())
            {
                if (member.NameEquals("isError"u8) && member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                    member.WriteTo(w);
            }

            if (result.TryGetProperty("structuredContent"u8, out var structured))
                WriteStructured(w, rules, structured, ref left);
            if (result.TryGetProperty("content"u8, out var content) && content.ValueKind == JsonValueKind.Array)
                WriteContent(w, rules, content, ref left);
            w.WriteEndObject();
        }, (rules, result));
    }

    private static void WriteStructured(Utf8JsonWriter w, ResultRules rules, JsonElement structured, ref int left)
    {
        var shaped = rules.LooksInside ? Shape(structured, rules) : structured;
        var length = JsonMarshal.GetRawUtf8Value(shaped).Length;
        if (length > left)
            return;
        left -= length;
        w.WritePropertyName("structuredContent"u8);
        JsonRpcWriter.CopyTo(w, shaped);
    }

    private static void WriteContent(Utf8JsonWriter w, ResultRules rules, JsonElement content, ref int left)
    {
        w.WriteStartArray("content"u8);
        var cut = false;
        foreach (var item in content.EnumerateArray())
        {
            if (TextOf(item) is not { } text)
            {
                var length = JsonMarshal.GetRawUtf8Value(item).Length;
                if (rules.LooksInside)
                {
                    WriteText(w, Withheld);
                }
                else if (length <= left)
                {
                    left -= length;
                    JsonRpcWriter.CopyTo(w, item);
                }
                else
                {
                    cut = true;
                }

                continue;
            }

            if (rules.LooksInside)
                text = ShapeText(text, rules);
            var kept = Cut(text, left);
            left -= Encoding.UTF8.GetByteCount(kept);
            cut |= kept.Length < text.Length;
            if (kept.Length > 0 || text.Length == 0)
                WriteText(w, kept);
        }

        if (cut)
            WriteText(w, $"[cut: results of this call are limited to {rules.OutputLimit} bytes]");
        w.WriteEndArray();
    }

    private static string? TextOf(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("type"u8, out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("text"u8)
        && item.TryGetProperty("text"u8, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;

    private static void WriteText(Utf8JsonWriter w, string text)
    {
        w.WriteStartObject();
        w.WriteString("type"u8, "text"u8);
        w.WriteString("text"u8, text);
        w.WriteEndObject();
    }

    private static string ShapeText(string text, ResultRules rules) =>
        StrictJson.TryParse(Encoding.UTF8.GetBytes(text), out var value, out _) && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? Shape(value, rules).GetRawText()
            : Withheld;

    /// <summary>Whose it is goes before what is shown of it: a field may be both.</summary>
    private static JsonElement Shape(JsonElement value, ResultRules rules)
    {
        var own = SubjectFilter.Apply(value, rules.Subject, rules.SubjectFields);
        return rules.RedactedFields.IsEmpty ? own : Redact(own, rules.RedactedFields);
    }

    private static JsonElement Redact(JsonElement value, ImmutableSortedSet<string> names) =>
        JsonRpcWriter.Build(static (w, s) => Redact(w, s.value, s.names), (value, names));

    private static void Redact(Utf8JsonWriter w, JsonElement value, ImmutableSortedSet<string> names)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                w.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    w.WritePropertyName(member.Name);
                    if (names.Contains(member.Name))
                        w.WriteStringValue(Redacted);
                    else
                        Redact(w, member.Value, names);
                }

                w.WriteEndObject();
                break;
            case JsonValueKind.Array:
                w.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Redact(w, item, names);
                w.WriteEndArray();
                break;
            default:
                JsonRpcWriter.CopyTo(w, value);
                break;
        }
    }

    private static string Cut(string text, int bytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytes)
            return text;
        var (length, used) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > bytes)
                break;
            used += rune.Utf8SequenceLength;
            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}
