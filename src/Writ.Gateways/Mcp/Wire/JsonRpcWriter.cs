using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Writ.Gateways.Mcp.Wire;

/// <summary>
/// Writes JSON-RPC messages as UTF-8 on a single line. JSON that came from elsewhere is copied as it is; its raw line
/// ends, which in JSON can only be white space, become spaces because stdio frames messages by lines.
/// </summary>
public static class JsonRpcWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        // The text goes to a JSON reader, never into HTML; the default would triple the size of non-Latin text.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>A request. <paramref name="parameters"/> is undefined when there are none.</summary>
    public static byte[] Request(JsonRpcId id, string method, JsonElement parameters) => Write((writer, s) =>
    {
        writer.WritePropertyName("id"u8);
        writer.WriteRawValue(s.id.Token, skipInputValidation: true);
        writer.WriteString("method"u8, s.method);
        WriteParams(writer, s.parameters);
    }, (id, method, parameters));

    /// <summary>A notification. <paramref name="parameters"/> is undefined when there are none.</summary>
    public static byte[] Notification(string method, JsonElement parameters) => Write((writer, s) =>
    {
        writer.WriteString("method"u8, s.method);
        WriteParams(writer, s.parameters);
    }, (method, parameters));

    /// <summary>A good answer.</summary>
    public static byte[] Result(JsonRpcId id, JsonElement result) => Write((writer, s) =>
    {
        writer.WritePropertyName("id"u8);
        writer.WriteRawValue(s.id.Token, skipInputValidation: true);
        writer.WritePropertyName("result"u8);
        CopyTo(writer, s.result);
    }, (id, result));

    /// <summary>A bad answer. Without an id the member is left out, which MCP allows for malformed requests.</summary>
    public static byte[] Error(JsonRpcId? id, int code, string message, JsonElement data = default) => Write((writer, s) =>
    {
        if (s.id is { } known)
        {
            writer.WritePropertyName("id"u8);
            writer.WriteRawValue(known.Token, skipInputValidation: true);
        }

        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, s.code);
        writer.WriteString("message"u8, s.message);
        if (s.data.ValueKind != JsonValueKind.Undefined)
        {
            writer.WritePropertyName("data"u8);
            CopyTo(writer, s.data);
        }

        writer.WriteEndObject();
    }, (id, code, message, data));

    /// <summary>Builds a JSON value with a writer.</summary>
    public static JsonElement Build<TState>(Action<Utf8JsonWriter, TState> write, TState state)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Options))
            write(writer, state);
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>Copies a value as it was written, unknown fields, number forms and escapes included.</summary>
    public static void CopyTo(Utf8JsonWriter writer, JsonElement value) =>
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);

    private static void WriteParams(Utf8JsonWriter writer, JsonElement parameters)
    {
        if (parameters.ValueKind == JsonValueKind.Undefined)
            return;
        writer.WritePropertyName("params"u8);
        CopyTo(writer, parameters);
    }

    private static byte[] Write<TState>(Action<Utf8JsonWriter, TState> body, TState state)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc"u8, "2.0"u8);
            body(writer, state);
            writer.WriteEndObject();
        }

        var message = buffer.WrittenSpan.ToArray();
        message.AsSpan().Replace((byte)'\n', (byte)' ');
        message.AsSpan().Replace((byte)'\r', (byte)' ');
        return message;
    }
}
