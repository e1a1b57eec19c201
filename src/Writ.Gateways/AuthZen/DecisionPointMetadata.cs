namespace Writ.Gateways.AuthZen;

/// <summary>Where the decision point is, AuthZEN 1.0 section 9.1: the members that are required, and the one endpoint there is.</summary>
internal sealed record DecisionPointMetadata(string PolicyDecisionPoint, string AccessEvaluationEndpoint);
