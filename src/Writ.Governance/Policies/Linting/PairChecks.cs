using Writ.Cedar.Policies;

namespace Writ.Governance.Policies.Linting;

/// <summary>Rules that add nothing beside others, and permits that can never count.</summary>
internal static class PairChecks
{
    // Pairs grow with the square: beyond this many rules, only rules of the same effect and the nearest scopes would be worth it.
    private const int MaxRules = 3_000;

    public static IEnumerable<LintFinding> Find(LintSubject subject)
    {
        if (subject.Rules.Length > MaxRules)
        {
            yield return new LintFinding("pairs", LintSeverity.Note, "", "", 0, 0, $"more than {MaxRules} rules: duplicates and shadows are not looked for");
            yield break;
        }

        foreach (var (rule, index) in subject.Rules.Select((rule, index) => (rule, index)))
        {
            if (Against(rule, index, subject) is { } finding)
                yield return finding;
        }
    }

    private static LintFinding? Against(RuledPolicy rule, int index, LintSubject subject)
    {
        foreach (var (other, at) in subject.Rules.Select((other, at) => (other, at)))
        {
            if (at == index || !ScopeOrder.Covers(other.Policy, rule.Policy, subject) || !ClauseOrder.Covers(other.Policy, rule.Policy))
                continue;
            var isHard = other.Policy.Effect == Effect.Forbid && other.Discharge is Discharge.None;
            if (rule.Policy.Effect == Effect.Permit && isHard)
                return LintFinding.On(rule, "permit-under-forbid", LintSeverity.Warning, $"everything it permits is forbidden by {other.Policy.Id}: it can never count");
            if (rule.Policy.Effect != other.Policy.Effect || !(SameEffect(rule, other) || isHard))
                continue;
            var mutual = ScopeOrder.Covers(rule.Policy, other.Policy, subject) && ClauseOrder.Covers(rule.Policy, other.Policy) && SameEffect(rule, other);
            if (mutual && at < index)
                return LintFinding.On(rule, "duplicate", LintSeverity.Warning, $"says what {other.Policy.Id} says; remove one");
            if (!mutual)
                return LintFinding.On(rule, "shadowed", LintSeverity.Warning, $"{other.Policy.Id} already applies wherever it does: it changes no outcome");
        }

        return null;
    }

    /// <summary>Whether the two do the same when they hold.</summary>
    private static bool SameEffect(RuledPolicy a, RuledPolicy b) => (a.Discharge, b.Discharge) switch
    {
        (Discharge.None, Discharge.None) => true,
        (Discharge.ByConstraint first, Discharge.ByConstraint second) => first.Constraint.Equals(second.Constraint),
        (Discharge.ByRemedy first, Discharge.ByRemedy second) => first.Template.Tool == second.Template.Tool && first.Template.Members.SequenceEqual(second.Template.Members),
        (Discharge.ByApproval first, Discharge.ByApproval second) =>
            first.Ask.Quorum == second.Ask.Quorum && first.Ask.Within == second.Ask.Within && first.Ask.Approvers.SequenceEqual(second.Ask.Approvers),
        _ => false,
    };
}
