using System.Text.Json;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>What came of a call to an upstream.</summary>
public abstract record UpstreamAnswer
{
    private UpstreamAnswer()
    {
    }

    /// <summary>The upstream's result, exactly as it wrote it.</summary>
    public sealed record Result(JsonElement Value) : UpstreamAnswer;

    /// <summary>The upstream's own JSON-RPC error. Its text is the upstream's and as untrusted as a result.</summary>
    public sealed record ProtocolError(int Code, string Message, JsonElement Data) : UpstreamAnswer;

    /// <summary>
    /// No answer. <paramref name="MayHaveActed"/> is false only when the request certainly never reached the upstream, so
    /// that an effect can be recorded as not done instead of unknown. <paramref name="Detail"/> is for operators and
    /// never for the agent.
    /// </summary>
    public sealed record Failed(UpstreamFailure Kind, string Detail, bool MayHaveActed) : UpstreamAnswer;
}
