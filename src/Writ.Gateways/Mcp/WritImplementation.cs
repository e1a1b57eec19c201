using System.Text.Json;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp;

/// <summary>What Writ says of itself in the protocol, to agents as a server and to servers as a client.</summary>
internal static class WritImplementation
{
    /// <summary>An MCP <c>Implementation</c> object.</summary>
    public static JsonElement Json { get; } = JsonRpcWriter.Build(static (w, version) =>
    {
        w.WriteStartObject();
        w.WriteString("name"u8, "writ"u8);
        w.WriteString("version"u8, version);
        w.WriteEndObject();
    }, typeof(WritImplementation).Assembly.GetName().Version?.ToString(3) ?? "0");
}
