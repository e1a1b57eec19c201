namespace Writ.Governance.Approvals;

/// <summary>An approval that fits the action at hand and has not been used. Using it is one compare-and-set.</summary>
public sealed record ApprovalGrant(ApprovalId Id);
