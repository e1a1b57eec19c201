namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>A message on its way to a child's standard input; one that belongs to a call already over is not written.</summary>
internal readonly record struct Outbound(byte[] Message, PendingCall? Call);
