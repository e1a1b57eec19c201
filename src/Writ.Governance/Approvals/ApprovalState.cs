namespace Writ.Governance.Approvals;

/// <summary>Where a request for approval stands. Expiry is not a state: it follows from the clock.</summary>
public enum ApprovalState
{
    Pending,
    Approved,
    Rejected,

    /// <summary>Used by one decision, and by no other ever.</summary>
    Consumed,
}
