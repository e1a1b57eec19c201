namespace Writ.Gateways.Mcp.Governed;

/// <summary>What the door saw happen.</summary>
/// <param name="Status">What became of the call.</param>
/// <param name="Result">The upstream's answer before any limit was applied to it; may be empty.</param>
/// <param name="Error">A word of Writ's own for what went wrong, never the server's text.</param>
public sealed record CallEffect(CallEffectStatus Status, ReadOnlyMemory<byte> Result, string? Error = null)
{
    /// <summary>How long the server took to answer; null where nothing was sent.</summary>
    public TimeSpan? Upstream { get; init; }
}
