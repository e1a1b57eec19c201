using System.Text.Json;

namespace Writ.Gateways.Mcp.Wire;

/// <summary>
/// Reads one JSON-RPC message strictly: version "2.0", a string or whole number as id, an object as parameters, one of
/// result and error, no batch (removed from MCP in 2025-06-18). The caller bounds the length before it buffers.
/// </summary>
public static class JsonRpcReader
{
    /// <summary>The longest method name accepted, in characters.</summary>
    public const int MaxMethodLength = 128;

    /// <summary>Reads the message in <paramref name="utf8"/>.</summary>
    public static JsonRpcRead Read(ReadOnlySpan<byte> utf8)
    {
        if (!StrictJson.TryParse(utf8, out var root, out var problem))
            return new JsonRpcRead.Refused(JsonRpcCode.ParseError, problem, null);
        if (root.ValueKind == JsonValueKind.Array)
            return Invalid("batches are not offered: send one message at a time", null);
        if (root.ValueKind != JsonValueKind.Object)
            return Invalid("a message is a JSON object", null);

        JsonRpcId? id = null;
        var hasId = root.TryGetProperty("id"u8, out var idValue);
        if (hasId)
        {
            if (JsonRpcId.TryRead(idValue, out var read))
                id = read;
            else if (idValue.ValueKind != JsonValueKind.Null || root.TryGetProperty("method"u8, out _))
                return Invalid($"id is a string or a whole number of at most {JsonRpcId.MaxLength} characters", null);
        }

        if (!root.TryGetProperty("jsonrpc"u8, out var version) || version.ValueKind != JsonValueKind.String || !version.ValueEquals("2.0"u8))
            return Invalid("jsonrpc is \"2.0\"", id);

        return root.TryGetProperty("method"u8, out var method)
            ? ReadCall(root, method, hasId, id)
            : ReadAnswer(root, id);
    }

    private static JsonRpcRead ReadCall(JsonElement root, JsonElement method, bool hasId, JsonRpcId? id)
    {
        if (method.ValueKind != JsonValueKind.String || method.GetString() is not { Length: > 0 and <= MaxMethodLength } name)
            return Invalid($"method is a string of 1 to {MaxMethodLength} characters", id);
        if (root.TryGetProperty("result"u8, out _) || root.TryGetProperty("error"u8, out _))
            return Invalid("a message is a call or an answer, not both", id);
        if (root.TryGetProperty("params"u8, out var parameters) && parameters.ValueKind != JsonValueKind.Object)
            return Invalid("params is an object", id);
        return new JsonRpcRead.Accepted(hasId
            ? new JsonRpcMessage.Request(id!.Value, name, parameters)
            : new JsonRpcMessage.Notification(name, parameters));
    }

    private static JsonRpcRead ReadAnswer(JsonElement root, JsonRpcId? id)
    {
        var hasResult = root.TryGetProperty("result"u8, out var result);
        var hasError = root.TryGetProperty("error"u8, out var error);
        if (hasResult == hasError)
            return Invalid("a message has a method, or one of result and error", id);
        if (hasResult)
        {
            if (id is null)
                return Invalid("a result carries the id of its request", null);
            return result.ValueKind == JsonValueKind.Object
                ? new JsonRpcRead.Accepted(new JsonRpcMessage.Result(id.Value, result))
                : Invalid("result is an object", id);
        }

        if (error.ValueKind != JsonValueKind.Object
            || !error.TryGetProperty("code"u8, out var code) || code.ValueKind != JsonValueKind.Number || !code.TryGetInt32(out var number)
            || !error.TryGetProperty("message"u8, out var message) || message.ValueKind != JsonValueKind.String)
        {
            return Invalid("error is an object with a whole number as code and a string as message", id);
        }

        error.TryGetProperty("data"u8, out var data);
        return new JsonRpcRead.Accepted(new JsonRpcMessage.Error(id, number, message.GetString()!, data));
    }

    private static JsonRpcRead.Refused Invalid(string reason, JsonRpcId? id) => new(JsonRpcCode.InvalidRequest, reason, id);
}
