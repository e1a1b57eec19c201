using System.Text.Json;

namespace Writ.Gateways.AuthZen;

/// <summary>An evaluation request as AuthZEN 1.0 section 6.1 has it.</summary>
internal sealed record EvaluationRequest
{
    public required EvaluationEntity Subject { get; init; }

    public required EvaluationAction Action { get; init; }

    public required EvaluationEntity Resource { get; init; }

    public JsonElement? Context { get; init; }
}
