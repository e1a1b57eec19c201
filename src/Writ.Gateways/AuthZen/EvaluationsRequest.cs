using System.Collections.Immutable;
using System.Text.Json;

namespace Writ.Gateways.AuthZen;

/// <summary>A request of several evaluations (section 7.1): what stands beside them stands for each that does not say otherwise.</summary>
internal sealed record EvaluationsRequest
{
    public EvaluationEntity? Subject { get; init; }

    public EvaluationAction? Action { get; init; }

    public EvaluationEntity? Resource { get; init; }

    public JsonElement? Context { get; init; }

    public ImmutableArray<EvaluationItem>? Evaluations { get; init; }

    public EvaluationsOptions? Options { get; init; }

    /// <summary>An evaluation made whole: a member it has replaces the common one as a whole. Null where one is in neither place.</summary>
    public EvaluationRequest? Complete(EvaluationItem item) =>
        (item.Subject ?? Subject) is { } subject && (item.Action ?? Action) is { } action && (item.Resource ?? Resource) is { } resource
            ? new EvaluationRequest { Subject = subject, Action = action, Resource = resource, Context = item.Context ?? Context }
            : null;

    /// <summary>The request as a single evaluation.</summary>
    public EvaluationRequest? Single() => Complete(new EvaluationItem());
}
