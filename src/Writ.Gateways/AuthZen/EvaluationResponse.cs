namespace Writ.Gateways.AuthZen;

/// <summary>The answer, AuthZEN 1.0 section 6.2; the whole outcome is in the context.</summary>
internal sealed record EvaluationResponse(bool Decision, EvaluationContext Context);
