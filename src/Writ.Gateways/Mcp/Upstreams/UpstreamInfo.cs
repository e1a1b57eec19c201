using System.Text.Json;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>What an upstream said of itself when it was opened; all of it is the upstream's word and untrusted.</summary>
/// <param name="ProtocolVersion">The revision spoken with it.</param>
/// <param name="ServerInfo">Its name and version, as written; undefined when it gave none.</param>
/// <param name="Capabilities">Its capabilities, as written.</param>
/// <param name="Instructions">Its instructions for models, or null.</param>
public sealed record UpstreamInfo(string ProtocolVersion, JsonElement ServerInfo, JsonElement Capabilities, string? Instructions);
