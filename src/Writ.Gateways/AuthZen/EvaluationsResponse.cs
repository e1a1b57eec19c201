using System.Collections.Immutable;

namespace Writ.Gateways.AuthZen;

/// <summary>The answers to several evaluations, in their order (section 7.2); fewer where the semantic ended them.</summary>
internal sealed record EvaluationsResponse(ImmutableArray<EvaluationResponse> Evaluations);
