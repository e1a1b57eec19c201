using System.Text.Json;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>A tool as its server defines it.</summary>
/// <param name="Name">The server's own name for it.</param>
/// <param name="Definition">The whole definition as it was written, unknown fields included.</param>
public sealed record UpstreamTool(string Name, JsonElement Definition);
