namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>A host folder or file that a sandboxed server sees, at the same path.</summary>
/// <param name="Path">An absolute path that exists when the server starts.</param>
/// <param name="Writable">Whether the server may write there.</param>
public sealed record SandboxPath(string Path, bool Writable);
