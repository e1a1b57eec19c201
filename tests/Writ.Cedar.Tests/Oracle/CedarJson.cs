using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Values;

namespace Writ.Cedar.Tests.Oracle;

/// <summary>Writes entities and requests as Cedar's JSON, for an engine that is not ours.</summary>
internal static class CedarJson
{
    public static string Of(Request request) => Text(json =>
    {
        json.WriteStartObject();
        Member(json, "principal", request.Principal);
        Member(json, "action", request.Action);
        Member(json, "resource", request.Resource);
        json.WritePropertyName("context");
        Write(json, request.Context);
        json.WriteEndObject();
    });

    public static string Of(EntityStore store) => Text(json =>
    {
        json.WriteStartArray();
        foreach (var entity in store.Entities)
        {
            json.WriteStartObject();
            Member(json, "uid", entity.Uid);
            json.WritePropertyName("attrs");
            Write(json, entity.Attributes);
            json.WriteStartArray("parents");
            foreach (var parent in entity.Parents)
                Write(json, parent);
            json.WriteEndArray();
            json.WritePropertyName("tags");
            Write(json, entity.Tags);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, Value value)
    {
        switch (value)
        {
            case BoolValue truth:
                json.WriteBooleanValue(truth.Value);
                break;
            case LongValue number:
                json.WriteNumberValue(number.Value);
                break;
            case StringValue text:
                json.WriteStringValue(text.Value);
                break;
            case EntityValue entity:
                json.WriteStartObject();
                Member(json, "__entity", entity.Uid);
                json.WriteEndObject();
                break;
            case SetValue set:
                json.WriteStartArray();
                foreach (var element in set.Elements)
                    Write(json, element);
                json.WriteEndArray();
                break;
            case RecordValue record:
                json.WriteStartObject();
                foreach (var (name, attribute) in record.Attributes)
                {
                    json.WritePropertyName(name);
                    Write(json, attribute);
                }

                json.WriteEndObject();
                break;
            case DatetimeValue time:
                // Not every time has a text of its own.
                Call(json, "offset", () =>
                {
                    Call(json, "datetime", () => json.WriteStringValue("1970-01-01"));
                    Write(json, new DurationValue(time.Milliseconds));
                });
                break;
            case DurationValue duration:
                Call(json, "duration", () => json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{duration.Milliseconds}ms")));
                break;
            case DecimalValue or IpValue:
                var written = value.ToString();
                Call(json, value is IpValue ? "ip" : "decimal", () => json.WriteStringValue(written[(written.IndexOf('"') + 1)..written.LastIndexOf('"')]));
                break;
            default:
                throw new InvalidOperationException($"no other engine has a {value.TypeName}");
        }
    }

    private static void Write(Utf8JsonWriter json, EntityUid uid)
    {
        json.WriteStartObject();
        json.WriteString("type", uid.Type.Value);
        json.WriteString("id", uid.Id);
        json.WriteEndObject();
    }

    private static void Member(Utf8JsonWriter json, string name, EntityUid uid)
    {
        json.WritePropertyName(name);
        Write(json, uid);
    }

    private static void Call(Utf8JsonWriter json, string function, Action arguments)
    {
        json.WriteStartObject();
        json.WriteStartObject("__extn");
        json.WriteString("fn", function);
        json.WriteStartArray("args");
        arguments();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
