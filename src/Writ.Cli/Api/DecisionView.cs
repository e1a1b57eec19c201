using System.Text.Json;

namespace Writ.Cli.Api;

/// <summary>The parts of a decision's record that a timeline shows.</summary>
internal sealed record DecisionView
{
    public required string Id { get; init; }

    public required string Outcome { get; init; }

    public required string Action { get; init; }

    public required long At { get; init; }

    public string? Code { get; init; }

    public string? Detail { get; init; }

    public IReadOnlyList<string>? Rules { get; init; }

    public IReadOnlyList<JsonElement>? Constraints { get; init; }

    /// <summary>What then happened; null while that is not known, and for what was not permitted.</summary>
    public EffectView? EffectRecord { get; init; }
}
