using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Writ.Governance.Telemetry;

/// <summary>
/// What is sealed of a span: all that it says, prompts and completions too. Members of Writ's own namespace are left out: only Writ says what Writ
/// decided.
/// </summary>
internal static class TelemetryPayload
{
    private const string Reserved = "writ";

    /// <summary>Writes it as JSON.</summary>
    public static ReadOnlyMemory<byte> Of(ReportedSpan span)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(bytes);
        writer.WriteStartObject();
        writer.WriteString("name", span.Name);
        if (span.StatusMessage is { Length: > 0 } message)
            writer.WriteString("status_message", message);
        var (input, output) = (SpanVocabulary.InputOf(span), SpanVocabulary.OutputOf(span));
        WriteWords(writer, "input", span, input);
        WriteWords(writer, "output", span, output);
        WriteMembers(writer, "attributes", span.Attributes, input, output);
        WriteMembers(writer, "resource", span.Resource);
        if (span.Events.Count > 0)
        {
            writer.WriteStartArray("events");
            foreach (var happened in span.Events)
            {
                writer.WriteStartObject();
                writer.WriteString("name", happened.Name);
                writer.WriteNumber("at", happened.At);
                WriteMembers(writer, "attributes", happened.Attributes);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.Flush();
        return bytes.WrittenMemory;
    }

    /// <summary>What went in or came out stands in one place, whatever its sender calls it, and once: it is the most of a span.</summary>
    private static void WriteWords(Utf8JsonWriter writer, string name, ReportedSpan span, string? attribute)
    {
        if (attribute is null)
            return;
        writer.WriteStartObject(name);
        writer.WriteString("attribute", attribute);
        WriteNode(writer, "value", span.Attributes[attribute]!);
        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, string name, JsonObject members, params ReadOnlySpan<string?> but)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in members)
        {
            if (value is not null && !IsReserved(key) && !but.Contains(key))
                WriteNode(writer, key, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteNode(Utf8JsonWriter writer, string name, JsonNode value)
    {
        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }

    private static bool IsReserved(string key) => key.StartsWith(Reserved + ".", StringComparison.OrdinalIgnoreCase) || key.Equals(Reserved, StringComparison.OrdinalIgnoreCase);
}
