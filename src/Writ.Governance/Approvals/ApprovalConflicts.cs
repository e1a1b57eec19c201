namespace Writ.Governance.Approvals;

/// <summary>The words of the conflicts, as the API and the records write them.</summary>
public static class ApprovalConflicts
{
    public static string Word(this ApprovalConflict conflict) => conflict switch
    {
        ApprovalConflict.NotFound => "not_found",
        ApprovalConflict.Expired => "expired",
        ApprovalConflict.Consumed => "consumed",
        ApprovalConflict.AlreadyDecided => "already_decided",
        ApprovalConflict.SelfApproval => "self_approval",
        ApprovalConflict.NotAnApprover => "not_an_approver",
        ApprovalConflict.EvidenceMissing => "evidence_missing",
        ApprovalConflict.NotRecorded => "not_recorded",
        _ => throw new ArgumentOutOfRangeException(nameof(conflict), conflict, null),
    };
}
