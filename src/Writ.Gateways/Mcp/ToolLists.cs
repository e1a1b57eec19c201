using System.Text.Json;
using Writ.Gateways.Mcp.Governed;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp;

/// <summary>
/// Answers <c>tools/list</c>: all that this agent could be allowed, on one page. In the current era it is marked private and
/// stale at once, because it differs between agents and follows the policy.
/// </summary>
internal sealed class ToolLists(ICallGovernor governor)
{
    public async Task<DoorReply> AnswerAsync(McpCaller caller, string? door, JsonRpcMessage.Request request, bool current, CancellationToken cancellationToken)
    {
        if (request.Params.ValueKind == JsonValueKind.Object && request.Params.TryGetProperty("cursor"u8, out _))
        {
            return DoorReply.Protocol(current ? 400 : 200, request.Id, JsonRpcCode.InvalidParams, DoorCodes.ParamsRefused,
                "params.cursor: the list has one page, and no cursor was given out");
        }

        var tools = await governor.OfferAsync(caller, door, cancellationToken);
        return DoorReply.Result(request.Id, JsonRpcWriter.Build(static (w, s) =>
        {
            w.WriteStartObject();
            if (s.current)
                CurrentEra.WriteResultHead(w, ttlMs: 0);
            w.WriteStartArray("tools"u8);
            foreach (var tool in s.tools)
                ToolNaming.Write(w, s.door, tool);
            w.WriteEndArray();
            w.WriteEndObject();
        }, (tools, door, current)));
    }
}
