namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>An HTTP server that has been opened: what it said, and the session it gave in the legacy era.</summary>
internal sealed record HttpOpening(UpstreamOpening.Ready Ready, bool IsCurrent, string? Session)
{
    /// <summary>The headers that every request to it carries.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers
    {
        get
        {
            yield return new("MCP-Protocol-Version", Ready.Info.ProtocolVersion);
            if (Session is not null)
                yield return new("Mcp-Session-Id", Session);
        }
    }
}
