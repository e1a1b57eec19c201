using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>Tells a server that a call is not waited for any more.</summary>
internal static class CancelledNotification
{
    public static byte[] Of(JsonRpcId id) => JsonRpcWriter.Notification("notifications/cancelled", JsonRpcWriter.Build(static (w, id) =>
    {
        w.WriteStartObject();
        w.WritePropertyName("requestId"u8);
        w.WriteRawValue(id.Token, skipInputValidation: true);
        w.WriteEndObject();
    }, id));
}
