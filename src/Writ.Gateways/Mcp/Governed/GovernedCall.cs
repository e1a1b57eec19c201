using Writ.Governance.Decisions;

namespace Writ.Gateways.Mcp.Governed;

/// <summary>A tool call as the agent made it.</summary>
/// <param name="Server">The server it named.</param>
/// <param name="Tool">The tool it named, as the server knows it.</param>
/// <param name="Arguments">The JSON object it supplied, as it wrote it.</param>
public sealed record GovernedCall(string Server, string Tool, ReadOnlyMemory<byte> Arguments)
{
    /// <summary>What the agent says about the call; null where it says nothing.</summary>
    public SelfReport? Report { get; init; }

    /// <summary>The version that the agent says it is; null where it says none.</summary>
    public string? ClaimedVersion { get; init; }

    /// <summary>Where the call stands in its caller's trace; null where it does not say.</summary>
    public TraceParent? Trace { get; init; }

    /// <summary>The session that the call came in; null in the era that has none.</summary>
    public Guid? Session { get; init; }
}
