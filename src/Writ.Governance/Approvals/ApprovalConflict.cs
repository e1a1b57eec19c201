namespace Writ.Governance.Approvals;

/// <summary>Why an approval or a rejection does not count.</summary>
public enum ApprovalConflict
{
    /// <summary>There is no such request in this organization.</summary>
    NotFound,

    /// <summary>Its time ran out.</summary>
    Expired,

    /// <summary>It was approved and used already.</summary>
    Consumed,

    /// <summary>It was approved or rejected already.</summary>
    AlreadyDecided,

    /// <summary>The person asked for the action, or the agent acts for them.</summary>
    SelfApproval,

    /// <summary>No rule that asked names this person.</summary>
    NotAnApprover,

    /// <summary>A rule that this person would answer asks for evidence, and none is attached.</summary>
    EvidenceMissing,

    /// <summary>The ledger could not take the record; nothing changed.</summary>
    NotRecorded,
}
