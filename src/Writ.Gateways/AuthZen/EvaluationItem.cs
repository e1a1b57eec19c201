using System.Text.Json;

namespace Writ.Gateways.AuthZen;

/// <summary>One of several evaluations: what it leaves out is taken from the request (section 7.1.1).</summary>
internal sealed record EvaluationItem
{
    public EvaluationEntity? Subject { get; init; }

    public EvaluationAction? Action { get; init; }

    public EvaluationEntity? Resource { get; init; }

    public JsonElement? Context { get; init; }
}
