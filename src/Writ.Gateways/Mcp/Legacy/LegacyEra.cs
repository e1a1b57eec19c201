using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Writ.Gateways.Mcp.Governed;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp.Legacy;

/// <summary>
/// The rules of the legacy era (2025-03-26 to 2025-11-25): a handshake opens a session, and every other request names it.
/// </summary>
internal sealed class LegacyEra(McpForward forward, ToolLists lists, LegacySessions sessions)
{
    private const string SessionHeader = "Mcp-Session-Id";
    private static readonly JsonElement Empty = JsonElement.Parse("{}"u8);

    public async Task<DoorReply> AnswerAsync(
        McpCaller caller, string? door, JsonRpcMessage message, IHeaderDictionary headers, CancellationToken disconnected)
    {
        if (message is JsonRpcMessage.Request { Method: "initialize" } opening)
            return Open(caller, door, opening);

        if (headers.ContainsKey(HeaderCheck.ProtocolVersionHeader)
            && !(HeaderCheck.Single(headers, HeaderCheck.ProtocolVersionHeader) is { } version && ProtocolVersion.Legacy.Contains(version)))
        {
            return Refuse(400, null, JsonRpcCode.InvalidRequest, DoorCodes.VersionRefused, $"MCP-Protocol-Version is one of {string.Join(", ", ProtocolVersion.Legacy)}.");
        }

        if (HeaderCheck.Single(headers, SessionHeader) is not { } id)
            return Refuse(400, null, JsonRpcCode.InvalidRequest, DoorCodes.SessionRefused, $"Open a session with initialize and name it in {SessionHeader}, or speak {ProtocolVersion.Current}.");
        if (sessions.Find(id, caller.Credential, door) is not { } session)
            return Unknown();

        switch (message)
        {
            case JsonRpcMessage.Notification notification:
                if (notification.Method == "notifications/cancelled" && notification.Params.ValueKind == JsonValueKind.Object
                    && notification.Params.TryGetProperty("requestId"u8, out var open) && JsonRpcId.TryRead(open, out var cancelled))
                    session.Cancel(cancelled);
                return DoorReply.Accepted;
            case JsonRpcMessage.Request request:
                using (var call = session.Begin(request.Id, disconnected))
                {
                    return call is null
                        ? Refuse(400, request.Id, JsonRpcCode.InvalidRequest, DoorCodes.MessageRefused, "A request of this id is open in the session.")
                        : await AnswerAsync(caller, door, request, session.Number, headers, call.Token);
                }

            default:
                return Refuse(400, null, JsonRpcCode.InvalidRequest, DoorCodes.MessageRefused, "No answer is awaited: nothing was asked of the client.");
        }
    }

    /// <summary>Ends a session.</summary>
    public DoorReply Close(McpCaller caller, string? door, string id) =>
        sessions.Close(id, caller.Credential, door) ? new DoorReply(StatusCodes.Status204NoContent, null) : Unknown();

    private async Task<DoorReply> AnswerAsync(
        McpCaller caller, string? door, JsonRpcMessage.Request request, Guid session, IHeaderDictionary headers, CancellationToken ended) => request.Method switch
    {
        "ping" => DoorReply.Result(request.Id, Empty),
        "tools/list" => await lists.AnswerAsync(caller, door, request, current: false, ended),
        "tools/call" => await forward.CallAsync(caller, door, request, current: false, session, headers, ended),
        _ => Refuse(200, request.Id, JsonRpcCode.MethodNotFound, DoorCodes.MethodRefused, "The method is not offered."),
    };

    private DoorReply Open(McpCaller caller, string? door, JsonRpcMessage.Request request)
    {
        if (request.Params.ValueKind != JsonValueKind.Object
            || !request.Params.TryGetProperty("protocolVersion"u8, out var wanted) || wanted.ValueKind != JsonValueKind.String)
        {
            return Refuse(200, request.Id, JsonRpcCode.InvalidParams, DoorCodes.ParamsRefused,
                $"params.protocolVersion is a string, such as \"{ProtocolVersion.NewestLegacy}\".");
        }

        // The version asked for if it is spoken here, else the newest (2025-11-25, basic/lifecycle, "Version Negotiation").
        var version = wanted.GetString()!;
        if (!ProtocolVersion.Legacy.Contains(version))
            version = ProtocolVersion.NewestLegacy;
        var session = sessions.Open(caller.Credential, door, version);
        return DoorReply.Result(request.Id, JsonRpcWriter.Build(static (w, version) =>
        {
            w.WriteStartObject();
            w.WriteString("protocolVersion"u8, version);
            w.WriteStartObject("capabilities"u8);
            w.WriteStartObject("tools"u8);
            w.WriteEndObject();
            w.WriteEndObject();
            w.WritePropertyName("serverInfo"u8);
            JsonRpcWriter.CopyTo(w, WritImplementation.Json);
            w.WriteEndObject();
        }, version)) with { Header = (SessionHeader, session.Id) };
    }

    private static DoorReply Unknown() =>
        Refuse(StatusCodes.Status404NotFound, null, JsonRpcCode.InvalidRequest, DoorCodes.SessionRefused, "There is no such session. Open one with initialize.");

    private static DoorReply Refuse(int status, JsonRpcId? id, int code, string writCode, string message) =>
        DoorReply.Protocol(status, id, code, writCode, message);
}
