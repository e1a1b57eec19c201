namespace Writ.Governance.Approvals;

/// <summary>The words of the states, as records write them.</summary>
internal static class ApprovalStates
{
    public static string Word(this ApprovalState state) => state switch
    {
        ApprovalState.Pending => "pending",
        ApprovalState.Approved => "approved",
        ApprovalState.Rejected => "rejected",
        ApprovalState.Consumed => "consumed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>Reads what an answer made of a request.</summary>
    /// <exception cref="InvalidDataException">No answer makes that of it.</exception>
    public static ApprovalState ReadResult(string? word) => word switch
    {
        "pending" => ApprovalState.Pending,
        "approved" => ApprovalState.Approved,
        "rejected" => ApprovalState.Rejected,
        _ => throw new InvalidDataException("a recorded answer has no result"),
    };
}
