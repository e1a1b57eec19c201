using Writ.Governance.Tools;

namespace Writ.Governance.Replay;

/// <summary>A tool as the neutral <c>tools.json</c> beside recorded traces describes it: what it does, and what it takes.</summary>
public sealed record NeutralTool
{
    public required string Name { get; init; }

    public required EffectClass Effect { get; init; }

    /// <summary>Whether its results may carry text written by outsiders.</summary>
    public required bool UntrustedSource { get; init; }

    public string? Doc { get; init; }

    public Dictionary<string, NeutralParameter> Params { get; init; } = [];
}
