using System.Text.Json;

namespace Writ.Gateways.Mcp.Governed;

/// <summary>A tool that an agent may see.</summary>
/// <param name="Server">Its server.</param>
/// <param name="Name">The server's own name for it.</param>
/// <param name="Definition">The pinned definition, whole.</param>
public sealed record OfferedTool(string Server, string Name, JsonElement Definition);
