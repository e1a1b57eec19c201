using Writ.Governance.Approvals;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Policies.Remedies;

namespace Writ.Governance.Decisions;

/// <summary>
/// The governor's answer to a door, durable in the ledger when the door sees it. What is here may reach the agent, except where a
/// member says otherwise; rules and approvers are not here at all.
/// </summary>
public abstract record Decision(DecisionId Id)
{
    /// <summary>Which of the five outcomes this is.</summary>
    public abstract Outcome Outcome { get; }

    /// <summary>The action may run, with exactly these arguments and under exactly these constraints.</summary>
    public sealed record Permitted(DecisionId Id, Dispatch Dispatch, Arguments Arguments, ConstraintSet Constraints) : Decision(Id)
    {
        public override Outcome Outcome => Constraints.IsEmpty ? Outcome.Allow : Outcome.AllowWithConstraints;
    }

    /// <summary>The action waits for people. The same call, repeated once they approved, runs.</summary>
    public sealed record Held(DecisionId Id, Refusal Refusal, ApprovalId Approval, DateTimeOffset ExpiresAt) : Decision(Id)
    {
        public override Outcome Outcome => Outcome.RequireApproval;
    }

    /// <summary>Refused as asked; this variant was offered instead.</summary>
    public sealed record Remedied(DecisionId Id, Refusal Refusal, Remedy Remedy) : Decision(Id)
    {
        public override Outcome Outcome => Outcome.Remediate;
    }

    /// <summary>Refused.</summary>
    public sealed record Denied(DecisionId Id, Refusal Refusal) : Decision(Id)
    {
        public override Outcome Outcome => Outcome.Deny;
    }
}
