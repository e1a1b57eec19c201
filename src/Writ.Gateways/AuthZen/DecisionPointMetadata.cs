namespace Writ.Gateways.AuthZen;

/// <summary>Where the decision point is, AuthZEN 1.0 section 9.1: the members that are required, and the endpoints there are.</summary>
internal sealed record DecisionPointMetadata(
    string PolicyDecisionPoint,
    string AccessEvaluationEndpoint,
    string AccessEvaluationsEndpoint,
    string SearchSubjectEndpoint,
    string SearchResourceEndpoint,
    string SearchActionEndpoint);
