using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Governance.Telemetry;

namespace Writ.Gateways.Otlp;

/// <summary>
/// Reads <c>ExportTraceServiceRequest</c> as OTLP's own JSON: members in lowerCamelCase, ids in hexadecimal, 64-bit numbers as texts or numbers,
/// enumerations as numbers. Members it does not know are passed over, as the protocol asks of receivers.
/// </summary>
internal static class OtlpJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>The spans of a request; those that cannot be read are counted.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such request.</exception>
    public static SpanBatch Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, Options);
            var batch = new SpanBatch();
            foreach (var resourceSpans in Items(document.RootElement, "resourceSpans"))
            {
                var resource = resourceSpans.TryGetProperty("resource", out var of) ? Attributes(of, depth: 0) : [];
                foreach (var span in Items(resourceSpans, "scopeSpans").SelectMany(scope => Items(scope, "spans")))
                {
                    if (!batch.IsTooLong)
                        Add(batch, span, resource);
                }
            }

            return batch;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("it is not OTLP's JSON of spans", problem);
        }
    }

    private static void Add(SpanBatch batch, JsonElement span, JsonObject resource)
    {
        try
        {
            batch.Add(Span(span, resource));
        }
        catch (Exception problem) when (problem is InvalidDataException or InvalidOperationException or FormatException or OverflowException)
        {
            batch.Reject(problem is InvalidDataException ? problem.Message : "a member is not of the type that OTLP's JSON has");
        }
    }

    private static ReportedSpan Span(JsonElement span, JsonObject resource)
    {
        var (code, message) = span.TryGetProperty("status", out var status) ? (Number(status, "code"), Text(status, "message")) : (0, null);
        return new ReportedSpan
        {
            Trace = Id(span, "traceId", 32, out var trace) ? UInt128.Parse(trace, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : 0,
            Span = Id(span, "spanId", 16, out var own) ? ulong.Parse(own, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : 0,
            Parent = Id(span, "parentSpanId", 16, out var above) && ulong.Parse(above, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) is > 0 and var parent ? parent : null,
            Name = Text(span, "name") ?? "",
            Started = SpanRules.Microseconds(Number(span, "startTimeUnixNano")),
            Ended = SpanRules.Microseconds(Number(span, "endTimeUnixNano")),
            Status = SpanRules.Status(code),
            StatusMessage = message,
            Attributes = Attributes(span, depth: 0),
            Events = [.. Items(span, "events").Select(e => new ReportedEvent(Text(e, "name") ?? "", SpanRules.Microseconds(Number(e, "timeUnixNano")), Attributes(e, depth: 0)))],
            Resource = resource,
        };
    }

    private static JsonObject Attributes(JsonElement of, int depth) => Map(Items(of, "attributes"), depth);

    private static JsonObject Map(IEnumerable<JsonElement> pairs, int depth)
    {
        var map = new JsonObject();
        foreach (var pair in pairs)
            map[Text(pair, "key") ?? ""] = pair.TryGetProperty("value", out var value) ? Value(value, depth) : null;
        return map;
    }

    private static JsonNode? Value(JsonElement value, int depth)
    {
        if (depth == SpanLimits.Depth)
            throw new InvalidDataException($"its attributes lie more than {SpanLimits.Depth} deep in one another");
        foreach (var member in value.EnumerateObject())
        {
            switch (member.Name)
            {
                case "stringValue" or "bytesValue": return JsonValue.Create(member.Value.GetString());
                case "boolValue": return JsonValue.Create(member.Value.GetBoolean());
                case "intValue": return JsonValue.Create(Whole(member.Value));
                case "doubleValue": return member.Value.ValueKind == JsonValueKind.String ? JsonValue.Create(member.Value.GetString()) : OtlpProtobuf.Double(member.Value.GetDouble());
                case "arrayValue": return new JsonArray([.. Items(member.Value, "values").Select(item => Value(item, depth + 1))]);
                case "kvlistValue": return Map(Items(member.Value, "values"), depth + 1);
            }
        }

        return null;
    }

    private static long Whole(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? long.Parse(value.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : value.GetInt64();

    private static ulong Number(JsonElement of, string name) =>
        !of.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? 0
        : value.ValueKind == JsonValueKind.String ? ulong.Parse(value.GetString()!, NumberStyles.None, CultureInfo.InvariantCulture)
        : value.GetUInt64();

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>An id of so many hexadecimal digits; what is no such id is none.</summary>
    private static bool Id(JsonElement of, string name, int digits, out string id) => (id = Text(of, name) ?? "").Length == digits && id.All(char.IsAsciiHexDigit);

    private static JsonElement.ArrayEnumerator Items(JsonElement of, string name) =>
        of.TryGetProperty(name, out var items) && items.ValueKind != JsonValueKind.Null ? items.EnumerateArray() : default;
}
