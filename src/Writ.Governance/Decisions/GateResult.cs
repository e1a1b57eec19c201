using System.Collections.Immutable;
using Writ.Governance.Approvals;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Policies.Remedies;

namespace Writ.Governance.Decisions;

/// <summary>A gate's answer. The first that is not <see cref="Passed"/> or <see cref="Permitted"/> ends the walk.</summary>
public abstract record GateResult
{
    private GateResult()
    {
    }

    /// <summary>Nothing against it here.</summary>
    public sealed record Passed : GateResult
    {
        public static Passed Instance { get; } = new();
    }

    /// <summary>Refused.</summary>
    /// <param name="Code">Why, as agents may see it.</param>
    /// <param name="Detail">Why, for people: rule, value, threshold.</param>
    /// <param name="Rules">The policies that decided, where policies did.</param>
    public sealed record Denied(ReasonCode Code, string Detail, ImmutableArray<string> Rules) : GateResult
    {
        public static Denied Because(ReasonCode code, string detail) => new(code, detail, []);
    }

    /// <summary>Refused as asked, with a safer variant on offer.</summary>
    public sealed record Remedied(Remedy Remedy, ImmutableArray<string> Rules) : GateResult;

    /// <summary>Held until people approve.</summary>
    public sealed record Held(ApprovalDemand Demand, ImmutableArray<string> Rules) : GateResult
    {
        /// <summary>What would run once they did, where limits changed what was asked.</summary>
        public Arguments? EffectiveArguments { get; init; }
    }

    /// <summary>Policy permits, perhaps with limits, perhaps on the strength of an approval.</summary>
    public sealed record Permitted(
        Arguments EffectiveArguments,
        ConstraintSet Constraints,
        ApprovalGrant? Approval,
        ImmutableArray<string> Rules) : GateResult;
}
