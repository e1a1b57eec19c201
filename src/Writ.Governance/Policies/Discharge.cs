using Writ.Governance.Approvals;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Policies.Remedies;

namespace Writ.Governance.Policies;

/// <summary>How a satisfied forbid may be lifted, if at all. What is not understood is <see cref="None"/>: a hard forbid.</summary>
internal abstract record Discharge
{
    private Discharge()
    {
    }

    /// <summary>Never.</summary>
    public sealed record None : Discharge
    {
        public static None Instance { get; } = new();
    }

    /// <summary>By people.</summary>
    public sealed record ByApproval(ApprovalAsk Ask) : Discharge;

    /// <summary>By the user acted for, who authenticated at most this long ago.</summary>
    public sealed record ByUser(TimeSpan MaxAge) : Discharge;

    /// <summary>By the door that enforces a limit.</summary>
    public sealed record ByConstraint(Constraint Constraint) : Discharge;

    /// <summary>By the agent that calls something else.</summary>
    public sealed record ByRemedy(RemedyTemplate Template) : Discharge;
}
