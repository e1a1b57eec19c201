using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp;

/// <summary>
/// What of a call's <c>_meta</c> reaches the server: the trace context (W3C Trace Context; MCP 2026-07-28, "_meta"), where it has the form
/// it must have. All else in <c>_meta</c> belongs to the hop between agent and Writ, or is a word of the agent's to the server that no
/// policy has read: a server that obeys <c>com.example/dry-run</c> would do something else than what was decided. <c>baggage</c> is of
/// that kind too, being free text.
/// </summary>
internal static class TraceContext
{
    private const int MaxState = 512;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>The members that are passed on.</summary>
    public static ImmutableArray<JsonProperty> Of(JsonElement parameters)
    {
        if (!parameters.TryGetProperty("_meta"u8, out var meta) || meta.ValueKind != JsonValueKind.Object
            || !meta.TryGetProperty("traceparent"u8, out var parent) || !IsParent(parent))
        {
            return [];
        }

        return [.. meta.EnumerateObject().Where(member => member.NameEquals("traceparent"u8) || (member.NameEquals("tracestate"u8) && IsState(member.Value)))];
    }

    /// <summary>Writes the <c>_meta</c> of a forwarded call, where there is anything to say.</summary>
    public static void Write(Utf8JsonWriter w, JsonElement parameters)
    {
        if (Of(parameters) is not { IsEmpty: false } members)
            return;
        w.WriteStartObject("_meta"u8);
        foreach (var member in members)
            member.WriteTo(w);
        w.WriteEndObject();
    }

    /// <summary>Version 00: <c>00-</c> 32 hex <c>-</c> 16 hex <c>-</c> 2 hex, lower case (Trace Context section 3.2).</summary>
    private static bool IsParent(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: 55 } text
        && text.StartsWith("00-", StringComparison.Ordinal) && text[35] == '-' && text[52] == '-'
        && IsHex(text.AsSpan(3, 32)) && IsHex(text.AsSpan(36, 16)) && IsHex(text.AsSpan(53, 2));

    private static bool IsState(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= MaxState } text && HeaderText.IsPlain(text);

    private static bool IsHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Hex);
}
