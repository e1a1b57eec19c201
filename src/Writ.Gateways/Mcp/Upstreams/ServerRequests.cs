using System.Text.Json;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>Answers what a legacy server asks of its client: a ping is answered, anything else is not offered.</summary>
internal static class ServerRequests
{
    private static readonly JsonElement Empty = JsonElement.Parse("{}"u8);

    public static byte[] Answer(JsonRpcMessage.Request request, UpstreamCounters counters)
    {
        if (request.Method == "ping")
            return JsonRpcWriter.Result(request.Id, Empty);
        counters.RefusedRequest();
        return JsonRpcWriter.Error(request.Id, JsonRpcCode.MethodNotFound, "not offered");
    }
}
