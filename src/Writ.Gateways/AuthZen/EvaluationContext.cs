using System.Collections.Immutable;
using System.Text.Json;

namespace Writ.Gateways.AuthZen;

/// <summary>What Writ says beyond yes and no. Rules, thresholds and approvers are not among it.</summary>
internal sealed record EvaluationContext
{
    /// <summary>The decision; its effect is reported to <c>/v1/decisions/{id}/effect</c>. Absent where nothing was decided.</summary>
    public string? Id { get; init; }

    public string? Outcome { get; init; }

    public string? Code { get; init; }

    public string? Message { get; init; }

    public string? Escalation { get; init; }

    /// <summary>The request that holds the action; the same evaluation succeeds once it is approved.</summary>
    public string? Approval { get; init; }

    public DateTimeOffset? ApprovalExpiresAt { get; init; }

    /// <summary>The same in the words of the Access Request and Approval profile.</summary>
    public AccessRequestOffer? AccessRequest { get; init; }

    /// <summary>Why one of several evaluations was not decided.</summary>
    public EvaluationFailure? Error { get; init; }

    /// <summary>What the enforcement point must enforce; it said that it can.</summary>
    public ImmutableArray<string>? Constraints { get; init; }

    /// <summary>The same limits, each with its kind and whether something is left to do.</summary>
    public ImmutableArray<EvaluationObligation>? Obligations { get; init; }

    /// <summary>What may run, where constraints changed what was asked.</summary>
    public JsonElement? Arguments { get; init; }

    public EvaluationRemedy? Remedy { get; init; }
}
