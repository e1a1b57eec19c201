using System.Text.Json;

namespace Writ.Gateways.Mcp.Wire;

/// <summary>
/// One JSON-RPC message. Parameters, results and error data stay the JSON that arrived, so fields unknown to Writ pass
/// through untouched. Immutable.
/// </summary>
public abstract record JsonRpcMessage
{
    private JsonRpcMessage()
    {
    }

    /// <summary>Asks for something and is answered. <paramref name="Params"/> is an object, or undefined when absent.</summary>
    public sealed record Request(JsonRpcId Id, string Method, JsonElement Params) : JsonRpcMessage;

    /// <summary>Says something and is never answered. <paramref name="Params"/> is an object, or undefined when absent.</summary>
    public sealed record Notification(string Method, JsonElement Params) : JsonRpcMessage;

    /// <summary>The good answer to a request. <paramref name="Value"/> is an object.</summary>
    public sealed record Result(JsonRpcId Id, JsonElement Value) : JsonRpcMessage;

    /// <summary>The bad answer to a request; the id is null only when the request's id could not be read.</summary>
    public sealed record Error(JsonRpcId? Id, int Code, string Message, JsonElement Data) : JsonRpcMessage;
}
