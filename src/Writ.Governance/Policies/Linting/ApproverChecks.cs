namespace Writ.Governance.Policies.Linting;

/// <summary>Approvals that nobody, or too few, can give.</summary>
internal static class ApproverChecks
{
    public static IEnumerable<LintFinding> Find(LintSubject subject)
    {
        if (subject.People is not { } people)
            yield break;
        foreach (var rule in subject.Rules)
        {
            if (rule.Discharge is not Discharge.ByApproval { Ask: var ask })
                continue;
            foreach (var nobody in ask.Approvers.Where(approver => !people.Any(approver.Admits)))
                yield return LintFinding.On(rule, "no-such-approver", LintSeverity.Error, $"approver '{nobody}': there is no such person, or nobody has the capability");
            var able = people.Count(ask.Admits);
            if (able > 0 && able < ask.Quorum)
                yield return LintFinding.On(rule, "quorum-too-high", LintSeverity.Error, $"asks for {ask.Quorum} people, and only {able} may approve");
        }
    }
}
