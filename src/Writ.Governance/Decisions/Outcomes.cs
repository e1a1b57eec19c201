namespace Writ.Governance.Decisions;

/// <summary>The words of the outcomes.</summary>
public static class Outcomes
{
    public static string Word(this Outcome outcome) => outcome switch
    {
        Outcome.Allow => "ALLOW",
        Outcome.AllowWithConstraints => "ALLOW_WITH_CONSTRAINTS",
        Outcome.RequireApproval => "REQUIRE_APPROVAL",
        Outcome.Remediate => "REMEDIATE",
        Outcome.Deny => "DENY",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
