using System.Collections.Immutable;
using System.Text.Json;
using Writ.Governance.Policies.Explaining;

namespace Writ.Server.Api;

/// <summary>What would be decided, and why; for people.</summary>
internal sealed record ExplainAnswer
{
    public required string Outcome { get; init; }

    public string? Code { get; init; }

    public string? Detail { get; init; }

    public ImmutableArray<string> Rules { get; init; } = [];

    public ImmutableArray<string> Constraints { get; init; } = [];

    public ImmutableArray<string> Approvers { get; init; } = [];

    public RemedyView? Remedy { get; init; }

    public required ImmutableArray<GateView> Gates { get; init; }

    /// <summary>Decision points outside Writ that would have to agree as well; an explanation does not ask them.</summary>
    public ImmutableArray<string> PointsNotAsked { get; init; } = [];

    /// <summary>Sources of facts that would be asked, and have no answer that is kept: what reads them is shown as it is without.</summary>
    public ImmutableArray<string> FactsNotLookedUp { get; init; } = [];

    public required string Snapshot { get; init; }

    public JsonElement? EffectiveArguments { get; init; }

    /// <summary>The rules whose scope covers the action, clause by clause; those that hold first.</summary>
    public ImmutableArray<RuleExplanation> Explained { get; init; } = [];

    /// <summary>Single changes of an argument that would change the outcome.</summary>
    public ImmutableArray<Counterfactual> Changes { get; init; } = [];
}
