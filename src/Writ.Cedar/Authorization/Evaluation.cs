using System.Collections.Immutable;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Authorization;

/// <summary>
/// How every policy of a set fared with a request. Each policy is satisfied, not satisfied or erred; those that are not listed here are
/// not satisfied. Lists keep the order of the set. Immutable.
/// </summary>
/// <param name="Permits">The permits that are satisfied.</param>
/// <param name="Forbids">The forbids that are satisfied.</param>
/// <param name="Errors">The policies that could not be evaluated, permits and forbids, with the reason.</param>
public sealed record Evaluation(ImmutableArray<Policy> Permits, ImmutableArray<Policy> Forbids, ImmutableArray<EvaluationError> Errors)
{
    /// <summary>
    /// Cedar's own combination: allow when a permit and no forbid is satisfied; a policy that erred does not count. Note that a forbid
    /// that erred does not deny by this rule: whoever must fail closed decides on <see cref="Errors"/> as well.
    /// </summary>
    public Decision Decision => Forbids.IsEmpty && !Permits.IsEmpty ? Decision.Allow : Decision.Deny;

    /// <summary>The policies that determine <see cref="Decision"/>: the satisfied forbids, else the satisfied permits, else none.</summary>
    public ImmutableArray<Policy> Reasons => Forbids.IsEmpty ? Permits : Forbids;
}
