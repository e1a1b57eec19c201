namespace Writ.Governance.Decisions;

/// <summary>The five answers, from the least to the most restrictive. The words written out are never renamed.</summary>
public enum Outcome
{
    Allow,
    AllowWithConstraints,
    RequireApproval,
    Remediate,
    Deny,
}
