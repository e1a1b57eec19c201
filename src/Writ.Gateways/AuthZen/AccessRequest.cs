using Writ.Governance.Approvals;

namespace Writ.Gateways.AuthZen;

/// <summary>
/// How a held action stands (Access Request and Approval profile): the same evaluation succeeds once it is approved, for the decision point
/// decides again.
/// </summary>
internal sealed record AccessRequest(string Id, string Status, DateTimeOffset ExpiresAt)
{
    public static AccessRequest Of(ApprovalRequest request, DateTimeOffset now) => new(
        request.Id.ToString(),
        request.State switch
        {
            ApprovalState.Consumed => "consumed",
            _ when request.ExpiresAt <= now => "expired",
            ApprovalState.Approved => "approved",
            ApprovalState.Rejected => "rejected",
            _ => "pending",
        },
        request.ExpiresAt);
}
