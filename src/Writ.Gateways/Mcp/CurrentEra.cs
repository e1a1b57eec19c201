using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Writ.Gateways.Mcp.Governed;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp;

/// <summary>
/// The rules of the current era (2026-07-28): each request stands alone, states its version and capabilities in the body, and
/// mirrors them in headers that must agree.
/// </summary>
internal sealed class CurrentEra(McpForward forward, ToolLists lists)
{
    private const string VersionKey = "io.modelcontextprotocol/protocolVersion";
    private const string CapabilitiesKey = "io.modelcontextprotocol/clientCapabilities";

    private static readonly JsonElement Discovery = JsonRpcWriter.Build(static (w, _) =>
    {
        w.WriteStartObject();
        WriteResultHead(w, ttlMs: 0);
        w.WriteStartArray("supportedVersions"u8);
        foreach (var version in ProtocolVersion.Offered)
            w.WriteStringValue(version);
        w.WriteEndArray();
        w.WriteStartObject("capabilities"u8);
        w.WriteStartObject("tools"u8);
        w.WriteEndObject();
        w.WriteEndObject();
        w.WriteEndObject();
    }, 0);

    /// <summary>
    /// Whether a message belongs to this era: its body or its headers say so, or its version header is of no legacy revision.
    /// A message between the eras is this one's to refuse.
    /// </summary>
    public static bool Claims(IHeaderDictionary headers, JsonRpcMessage message)
    {
        if (message is JsonRpcMessage.Request { Method: "initialize" } && !headers.ContainsKey("Mcp-Method"))
            return false;
        return Meta(message, VersionKey).ValueKind != JsonValueKind.Undefined
            || (headers.ContainsKey(HeaderCheck.ProtocolVersionHeader)
                && !(HeaderCheck.Single(headers, HeaderCheck.ProtocolVersionHeader) is { } version && ProtocolVersion.Legacy.Contains(version)));
    }

    public async Task<DoorReply> AnswerAsync(
        McpCaller caller, string? door, JsonRpcMessage message, IHeaderDictionary headers, CancellationToken disconnected)
    {
        if (message is JsonRpcMessage.Notification)
            return DoorReply.Accepted;
        if (message is not JsonRpcMessage.Request request)
            return Refuse(null, JsonRpcCode.InvalidRequest, DoorCodes.MessageRefused, "A client sends requests and notifications, no answers.");

        var stated = Meta(request, VersionKey) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        var header = HeaderCheck.Single(headers, HeaderCheck.ProtocolVersionHeader);
        if (stated is null && header is not null && !ProtocolVersion.Offered.Contains(header))
            return Unsupported(request.Id, header);
        if (HeaderCheck.Compare(headers, stated, request) is { } mismatch)
            return Refuse(request.Id, JsonRpcCode.HeaderMismatch, DoorCodes.HeaderMismatch, $"Header mismatch: {mismatch}.");
        if (stated != ProtocolVersion.Current)
            return Unsupported(request.Id, stated!);
        if (Meta(request, CapabilitiesKey).ValueKind != JsonValueKind.Object)
            return Refuse(request.Id, JsonRpcCode.InvalidParams, DoorCodes.ParamsRefused, $"params._meta[\"{CapabilitiesKey}\"] is an object.");

        return request.Method switch
        {
            "server/discover" => DoorReply.Result(request.Id, Discovery),
            "tools/list" => await lists.AnswerAsync(caller, door, request, current: true, disconnected),
            "tools/call" => await forward.CallAsync(caller, door, request, current: true, session: null, headers, disconnected),
            _ => DoorReply.Protocol(StatusCodes.Status404NotFound, request.Id, JsonRpcCode.MethodNotFound, DoorCodes.MethodRefused, "The method is not offered."),
        };
    }

    /// <summary>What every result of a list or a discovery begins with.</summary>
    public static void WriteResultHead(Utf8JsonWriter w, int ttlMs)
    {
        w.WriteString("resultType"u8, "complete"u8);
        w.WriteNumber("ttlMs"u8, ttlMs);
        w.WriteString("cacheScope"u8, "private"u8);
        w.WriteStartObject("_meta"u8);
        w.WritePropertyName("io.modelcontextprotocol/serverInfo"u8);
        JsonRpcWriter.CopyTo(w, WritImplementation.Json);
        w.WriteEndObject();
    }

    private static JsonElement Meta(JsonRpcMessage message, string key)
    {
        var parameters = message switch
        {
            JsonRpcMessage.Request request => request.Params,
            JsonRpcMessage.Notification notification => notification.Params,
            _ => default,
        };
        return parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty("_meta"u8, out var meta)
            && meta.ValueKind == JsonValueKind.Object && meta.TryGetProperty(key, out var value) ? value : default;
    }

    private static DoorReply Unsupported(JsonRpcId id, string requested) => DoorReply.Protocol(
        StatusCodes.Status400BadRequest, id, JsonRpcCode.UnsupportedProtocolVersion, DoorCodes.VersionRefused, "Unsupported protocol version",
        JsonRpcWriter.Build(static (w, requested) =>
        {
            w.WriteStartObject();
            w.WriteStartArray("supported"u8);
            foreach (var version in ProtocolVersion.Offered)
                w.WriteStringValue(version);
            w.WriteEndArray();
            w.WriteString("requested"u8, requested.Length <= 64 ? requested : requested[..64]);
            w.WriteEndObject();
        }, requested));

    private static DoorReply Refuse(JsonRpcId? id, int code, string writCode, string message) =>
        DoorReply.Protocol(StatusCodes.Status400BadRequest, id, code, writCode, message);
}
