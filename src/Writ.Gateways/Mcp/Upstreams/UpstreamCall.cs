using System.Text.Json;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>One call to an upstream.</summary>
/// <param name="Caller">Who calls, as an opaque key: callers that share an upstream take turns by it.</param>
/// <param name="Method">The MCP method.</param>
/// <param name="Params">Its parameters, an object; undefined when there are none.</param>
/// <param name="Timeout">A shorter time-out than the upstream's own; a longer one has no effect. Null for the upstream's.</param>
public readonly record struct UpstreamCall(string Caller, string Method, JsonElement Params = default, TimeSpan? Timeout = null);
