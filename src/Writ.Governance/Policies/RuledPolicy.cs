using Writ.Cedar.Policies;

namespace Writ.Governance.Policies;

/// <summary>A policy of a snapshot with what its annotations mean.</summary>
/// <param name="Policy">The Cedar policy; its id is the rule's name in records: <c>bundle/rule</c>.</param>
/// <param name="Discharge">How its forbid may be lifted.</param>
internal sealed record RuledPolicy(Policy Policy, Discharge Discharge)
{
    /// <summary>The rule as lists show it.</summary>
    public RuleSummary Summary => new(Policy.Id.Value, Kind, Policy.Body.SourceName, Policy.Body.Position.Line, !Policy.Conditions.IsEmpty);

    private string Kind => Discharge switch
    {
        Discharge.ByApproval => "approval",
        Discharge.ByUser => "user",
        Discharge.ByConstraint => "constraint",
        Discharge.ByRemedy => "remediation",
        _ => Policy.Effect == Effect.Permit ? "permit" : "forbid",
    };
}
