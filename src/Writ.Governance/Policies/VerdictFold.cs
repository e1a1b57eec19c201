using System.Collections.Frozen;
using System.Collections.Immutable;
using Writ.Cedar.Authorization;
using Writ.Cedar.Policies;
using Writ.Governance.Decisions;
using Writ.Governance.Policies.Constraints;

namespace Writ.Governance.Policies;

/// <summary>
/// Folds which policies hold into one of the five outcomes. Adding a permit never tightens, adding a forbid never loosens, the order of
/// policies never matters, and a forbid that could not be evaluated denies, whatever its discharge: plain Cedar would skip it.
/// </summary>
internal static class VerdictFold
{
    public static Verdict Fold(
        ImmutableArray<Policy> permits,
        ImmutableArray<Policy> forbids,
        ImmutableArray<EvaluationError> errors,
        FrozenDictionary<PolicyId, RuledPolicy> ruled)
    {
        if (errors.FirstOrDefault(e => e.Policy.Effect == Effect.Forbid) is { } failed)
            return Verdict.Deny(ReasonCodes.PolicyFailed, $"{failed.Policy.Id} could not be evaluated: {failed.Kind}", Names(errors.Select(e => e.Policy)));
        if (permits.IsEmpty)
            return Verdict.Deny(ReasonCodes.NoPolicyPermits, "no permit is satisfied", Names(errors.Select(e => e.Policy)));

        var satisfied = forbids.Select(p => ruled[p.Id]).OrderBy(r => r.Policy.Id.Value, StringComparer.Ordinal).ToArray();
        var hard = satisfied.Where(r => r.Discharge is Discharge.None).ToArray();
        if (hard.Length > 0)
            return Verdict.Deny(ReasonCodes.Forbidden, Reason(hard[0]), Names(hard.Select(r => r.Policy)));

        var constraints = ConstraintSet.Meet(satisfied.Select(r => r.Discharge).OfType<Discharge.ByConstraint>().Select(d => d.Constraint));
        var remedies = satisfied.Where(r => r.Discharge is Discharge.ByRemedy).ToArray();
        var asking = satisfied.Where(r => r.Discharge is Discharge.ByApproval or Discharge.ByUser).ToArray();
        if (remedies.Length > 0)
        {
            return new Verdict(
                Outcome.Remediate, Names(remedies.Select(r => r.Policy)), ReasonCodes.SaferVariant, Reason(remedies[0]),
                [], ConstraintSet.Empty, [.. remedies.Select(r => ((Discharge.ByRemedy)r.Discharge).Template)]);
        }

        if (constraints is null)
            return Verdict.Deny(ReasonCodes.ConstraintsConflict, "the allowed values exclude each other", Names(satisfied.Select(r => r.Policy)));
        if (asking.Length > 0)
        {
            return new Verdict(
                Outcome.RequireApproval, Names(satisfied.Select(r => r.Policy)), ReasonCodes.ApprovalRequired, Reason(asking[0]),
                [.. asking.Select(r => r.Discharge).OfType<Discharge.ByApproval>().Select(d => d.Ask)], constraints, [])
            {
                UserWithin = asking.Select(r => (r.Discharge as Discharge.ByUser)?.MaxAge).Min(),
            };
        }

        return new Verdict(
            constraints.IsEmpty ? Outcome.Allow : Outcome.AllowWithConstraints,
            Names(permits.Concat(satisfied.Select(r => r.Policy))), null, null, [], constraints, []);
    }

    private static string Reason(RuledPolicy ruled) =>
        ruled.Policy.Annotations.Find("reason") is { Length: > 0 } reason ? reason : $"{ruled.Policy.Id} forbids it";

    private static ImmutableArray<string> Names(IEnumerable<Policy> policies) =>
        [.. policies.Select(p => p.Id.Value).Order(StringComparer.Ordinal).Distinct()];
}
