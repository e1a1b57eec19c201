namespace Writ.Gateways.AuthZen;

/// <summary>How several evaluations are executed (section 7.1.2).</summary>
internal sealed record EvaluationsOptions(EvaluationsSemantic EvaluationsSemantic = EvaluationsSemantic.ExecuteAll);
