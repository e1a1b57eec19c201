using System.Collections.Immutable;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Authorization;

/// <summary>Cedar's answer to a request, with its reasons. Immutable.</summary>
/// <param name="Decision">The answer.</param>
/// <param name="Reasons">The policies that determined it; empty when nothing was permitted and nothing forbidden.</param>
/// <param name="Errors">The policies that could not be evaluated and so did not count.</param>
public sealed record Response(Decision Decision, ImmutableArray<PolicyId> Reasons, ImmutableArray<EvaluationError> Errors);
