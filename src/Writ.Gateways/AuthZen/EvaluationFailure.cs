namespace Writ.Gateways.AuthZen;

/// <summary>Why one of several evaluations was not decided (section 7.2.1).</summary>
internal sealed record EvaluationFailure(int Status, string Message);
