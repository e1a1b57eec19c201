using Writ.Governance.Agents;
using Writ.Governance.Approvals;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Policies.Remedies;

namespace Writ.Governance.Decisions;

/// <summary>What a decision's record holds beyond its outcome, by kind of outcome.</summary>
public sealed record DecisionDetails
{
    public ReasonCode? Reason { get; init; }

    /// <summary>For people; Writ's own words, never the agent's or the server's.</summary>
    public string? Detail { get; init; }

    public ConstraintSet Constraints { get; init; } = ConstraintSet.Empty;

    /// <summary>The arguments that will run, where constraints changed them.</summary>
    public Arguments? Effective { get; init; }

    /// <summary>The request that holds the action.</summary>
    public ApprovalRequest? Held { get; init; }

    /// <summary>The approval this decision uses up.</summary>
    public ApprovalGrant? Used { get; init; }

    /// <summary>The ceiling of its task that the call was counted against.</summary>
    public TaskCeiling? Ceiling { get; init; }

    public Remedy? Remedy { get; init; }

    public string? Escalation { get; init; }
}
