using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>What came of one POST to an MCP endpoint.</summary>
internal abstract record HttpReply
{
    private HttpReply()
    {
    }

    /// <summary>An answer of JSON-RPC, whatever the HTTP status.</summary>
    public sealed record Answer(JsonRpcMessage Message, int Status, string? Session) : HttpReply;

    /// <summary>An HTTP status and no JSON-RPC: 202 for a notification, or an error of HTTP's own.</summary>
    public sealed record Bare(int Status) : HttpReply;

    /// <summary>Neither.</summary>
    public sealed record Broken(UpstreamAnswer.Failed Failure) : HttpReply;
}
