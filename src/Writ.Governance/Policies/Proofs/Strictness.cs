using Writ.Cedar.Analysis;
using Writ.Governance.Approvals;
using Writ.Governance.Decisions;
using Writ.Governance.Policies.Constraints;

namespace Writ.Governance.Policies.Proofs;

/// <summary>Whether what a rule asks for is at least as strict as what another does.</summary>
internal static class Strictness
{
    /// <summary>One claim for each rule that asks for something: it holds, both sets let the call run, and no rule of the new set asks as much.</summary>
    public static IEnumerable<Claim> Weakened(OutcomeClaims after, OutcomeClaims before) =>
        from rule in before.Rules
        where rule.Discharge is Discharge.ByConstraint or Discharge.ByApproval or Discharge.ByUser
        let asMuch = after.Rules.Where(other => Covers(other.Discharge, rule.Discharge))
        select Claim.Both([new Claim.Satisfied(rule.Policy), after.Level(2), before.Level(2), .. asMuch.Select(other => new Claim.Unsatisfied(other.Policy))]);

    /// <summary>Whether an outcome is better for the agent than another.</summary>
    public static bool IsWeaker(Verdict now, Verdict then)
    {
        if (Rank(now.Outcome) != Rank(then.Outcome))
            return Rank(now.Outcome) < Rank(then.Outcome);
        return now.Outcome is Outcome.AllowWithConstraints or Outcome.RequireApproval
            && (then.Constraints.Items.Any(old => !now.Constraints.Items.Any(its => Covers(its, old)))
                || then.Asks.Any(old => !now.Asks.Any(its => Covers(its, old)))
                || (then.UserWithin is { } age && !(now.UserWithin <= age)));
    }

    private static bool Covers(Discharge strict, Discharge lax) => (strict, lax) switch
    {
        (Discharge.ByConstraint a, Discharge.ByConstraint b) => Covers(a.Constraint, b.Constraint),
        (Discharge.ByApproval a, Discharge.ByApproval b) => Covers(a.Ask, b.Ask),
        (Discharge.ByUser a, Discharge.ByUser b) => a.MaxAge <= b.MaxAge,
        _ => false,
    };

    // Together they come to no more than the strict one alone.
    private static bool Covers(Constraint strict, Constraint lax) =>
        ConstraintSet.Meet([strict]) is { } alone && ConstraintSet.Meet([strict, lax]) is { } both && alone.Equals(both);

    private static bool Covers(ApprovalAsk strict, ApprovalAsk lax) =>
        strict.Quorum >= lax.Quorum && strict.Within <= lax.Within && (strict.NeedsEvidence || !lax.NeedsEvidence) && strict.Approvers.All(lax.Approvers.Contains);

    private static int Rank(Outcome outcome) => outcome switch
    {
        Outcome.Allow => 0,
        Outcome.AllowWithConstraints => 1,
        Outcome.RequireApproval => 2,
        Outcome.Remediate => 3,
        _ => 4,
    };
}
