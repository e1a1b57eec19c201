namespace Writ.Governance.Policies.Authoring;

/// <summary>What a rule decides. In the order of strictness: of all rules that hold, the strictest wins.</summary>
internal enum FormDecision
{
    Allow,

    AllowWithConstraints,

    RequireApproval,

    Remediate,

    Deny,
}
