using System.Text.Json;

namespace Writ.Cli.Api;

/// <summary>What would be decided, and why.</summary>
internal sealed record Explanation
{
    public required string Outcome { get; init; }

    public string? Code { get; init; }

    public string? Detail { get; init; }

    public IReadOnlyList<string>? Rules { get; init; }

    public IReadOnlyList<JsonElement>? Constraints { get; init; }

    public IReadOnlyList<string>? Approvers { get; init; }

    public JsonElement? Remedy { get; init; }

    public IReadOnlyList<GateAnswer>? Gates { get; init; }

    public IReadOnlyList<string>? PointsNotAsked { get; init; }

    public IReadOnlyList<string>? FactsNotLookedUp { get; init; }

    public string? Snapshot { get; init; }

    public JsonElement? EffectiveArguments { get; init; }

    public IReadOnlyList<ExplainedRule>? Explained { get; init; }

    public IReadOnlyList<ExplainedChange>? Changes { get; init; }
}
