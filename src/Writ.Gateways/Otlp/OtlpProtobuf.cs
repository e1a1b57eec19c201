using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Governance.Telemetry;

namespace Writ.Gateways.Otlp;

/// <summary>
/// Reads <c>ExportTraceServiceRequest</c> as protobuf (opentelemetry-proto 1.x; the numbers are its fields'). Fields it does not know are passed
/// over, as the protocol asks of receivers.
/// </summary>
internal static class OtlpProtobuf
{
    /// <summary>The spans of a request; those that cannot be read are counted.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such request.</exception>
    public static SpanBatch Read(ReadOnlySpan<byte> bytes)
    {
        var batch = new SpanBatch();
        var request = new ProtobufReader(bytes);
        while (request.MoveNext())
        {
            if (request.Field == 1)
                ReadResourceSpans(request.Bytes(), batch);
        }

        return batch;
    }

    private static void ReadResourceSpans(ReadOnlySpan<byte> bytes, SpanBatch batch)
    {
        // The resource is about all the spans, wherever it stands among them.
        var resource = new JsonObject();
        var first = new ProtobufReader(bytes);
        while (first.MoveNext())
        {
            if (first.Field == 1)
                ReadAttributes(first.Bytes(), 1, resource, depth: 0);
        }

        var second = new ProtobufReader(bytes);
        while (second.MoveNext())
        {
            if (second.Field != 2)
                continue;
            var scope = new ProtobufReader(second.Bytes());
            while (scope.MoveNext() && !batch.IsTooLong)
            {
                if (scope.Field == 2)
                    ReadSpan(scope.Bytes(), resource, batch);
            }
        }
    }

    private static void ReadSpan(ReadOnlySpan<byte> bytes, JsonObject resource, SpanBatch batch)
    {
        try
        {
            batch.Add(ReadSpan(bytes, resource));
        }
        catch (InvalidDataException problem)
        {
            batch.Reject(problem.Message);
        }
    }

    private static ReportedSpan ReadSpan(ReadOnlySpan<byte> bytes, JsonObject resource)
    {
        var (trace, span, parent) = ((UInt128)0, 0UL, 0UL);
        var (name, started, ended, status, message) = ("", 0UL, 0UL, 0UL, (string?)null);
        var (attributes, events) = (new JsonObject(), new List<ReportedEvent>());
        var reader = new ProtobufReader(bytes);
        while (reader.MoveNext())
        {
            switch (reader.Field)
            {
                case 1: trace = reader.Bytes() is { Length: 16 } id ? BinaryPrimitives.ReadUInt128BigEndian(id) : 0; break;
                case 2: span = reader.Bytes() is { Length: 8 } own ? BinaryPrimitives.ReadUInt64BigEndian(own) : 0; break;
                case 4: parent = reader.Bytes() is { Length: 8 } above ? BinaryPrimitives.ReadUInt64BigEndian(above) : 0; break;
                case 5: name = reader.Text(); break;
                case 7: started = reader.Fixed64(); break;
                case 8: ended = reader.Fixed64(); break;
                case 9: ReadAttribute(reader.Bytes(), attributes, depth: 0); break;
                case 11: events.Add(ReadEvent(reader.Bytes())); break;
                case 15: (status, message) = ReadStatus(reader.Bytes()); break;
            }
        }

        return new ReportedSpan
        {
            Trace = trace,
            Span = span,
            Parent = parent == 0 ? null : parent,
            Name = name,
            Started = SpanRules.Microseconds(started),
            Ended = SpanRules.Microseconds(ended),
            Status = SpanRules.Status(status),
            StatusMessage = message,
            Attributes = attributes,
            Events = events,
            Resource = resource,
        };
    }

    private static ReportedEvent ReadEvent(ReadOnlySpan<byte> bytes)
    {
        var (name, at) = ("", 0UL);
        var attributes = new JsonObject();
        var reader = new ProtobufReader(bytes);
        while (reader.MoveNext())
        {
            switch (reader.Field)
            {
                case 1: at = reader.Fixed64(); break;
                case 2: name = reader.Text(); break;
                case 3: ReadAttribute(reader.Bytes(), attributes, depth: 0); break;
            }
        }

        return new ReportedEvent(name, SpanRules.Microseconds(at), attributes);
    }

    private static (ulong Code, string? Message) ReadStatus(ReadOnlySpan<byte> bytes)
    {
        var (code, message) = (0UL, (string?)null);
        var reader = new ProtobufReader(bytes);
        while (reader.MoveNext())
        {
            switch (reader.Field)
            {
                case 2: message = reader.Text(); break;
                case 3: code = reader.Number(); break;
            }
        }

        return (code, message);
    }

    private static void ReadAttributes(ReadOnlySpan<byte> message, int field, JsonObject into, int depth)
    {
        var reader = new ProtobufReader(message);
        while (reader.MoveNext())
        {
            if (reader.Field == field)
                ReadAttribute(reader.Bytes(), into, depth);
        }
    }

    private static void ReadAttribute(ReadOnlySpan<byte> bytes, JsonObject into, int depth)
    {
        var (key, value) = ("", (JsonNode?)null);
        var reader = new ProtobufReader(bytes);
        while (reader.MoveNext())
        {
            switch (reader.Field)
            {
                case 1: key = reader.Text(); break;
                case 2: value = ReadValue(reader.Bytes(), depth); break;
            }
        }

        into[key] = value;
    }

    private static JsonNode? ReadValue(ReadOnlySpan<byte> bytes, int depth)
    {
        if (depth == SpanLimits.Depth)
            throw new InvalidDataException($"its attributes lie more than {SpanLimits.Depth} deep in one another");
        JsonNode? value = null;
        var reader = new ProtobufReader(bytes);
        while (reader.MoveNext())
        {
            value = reader.Field switch
            {
                1 => JsonValue.Create(reader.Text()),
                2 => JsonValue.Create(reader.Number() != 0),
                3 => JsonValue.Create((long)reader.Number()),
                4 => Double(BitConverter.UInt64BitsToDouble(reader.Fixed64())),
                5 => ReadArray(reader.Bytes(), depth),
                6 => ReadMap(reader.Bytes(), depth),
                7 => JsonValue.Create(Convert.ToBase64String(reader.Bytes())),
                _ => value,
            };
        }

        return value;
    }

    private static JsonArray ReadArray(ReadOnlySpan<byte> bytes, int depth)
    {
        var array = new JsonArray();
        var reader = new ProtobufReader(bytes);
        while (reader.MoveNext())
        {
            if (reader.Field == 1)
                array.Add(ReadValue(reader.Bytes(), depth + 1));
        }

        return array;
    }

    private static JsonObject ReadMap(ReadOnlySpan<byte> bytes, int depth)
    {
        var map = new JsonObject();
        ReadAttributes(bytes, 1, map, depth + 1);
        return map;
    }

    /// <summary>JSON has no word for what is not a number.</summary>
    public static JsonValue Double(double value) =>
        double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));
}
