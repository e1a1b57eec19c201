using System.Collections.Immutable;
using System.Text.Json;
using Writ.Gateways.Mcp.Wire;
using Writ.Governance.Decisions;

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

    private static bool IsParent(JsonElement value) => value.ValueKind == JsonValueKind.String && TraceParent.Read(value.GetString()) is not null;

    private static bool IsState(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= MaxState } text && HeaderText.IsPlain(text);
}
