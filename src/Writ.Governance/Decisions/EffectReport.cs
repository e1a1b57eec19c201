namespace Writ.Governance.Decisions;

/// <summary>What a door saw happen.</summary>
/// <param name="Status">What became of the action.</param>
/// <param name="Result">The result's bytes as the door saw them before it enforced output constraints; sealed in the vault. May be empty.</param>
/// <param name="Error">A short word for what went wrong (<c>upstream_died</c>), from Writ's own vocabulary, never the server's text.</param>
public sealed record EffectReport(EffectStatus Status, ReadOnlyMemory<byte> Result, string? Error = null)
{
    /// <summary>How long the server took to answer, as a door of Writ saw it; null where nothing was sent, or something else enforced.</summary>
    public TimeSpan? Upstream { get; init; }
}
