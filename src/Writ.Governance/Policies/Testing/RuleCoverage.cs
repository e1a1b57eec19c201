namespace Writ.Governance.Policies.Testing;

/// <summary>How often the cases met a rule, by how it fared.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Satisfied">Cases in which it holds.</param>
/// <param name="Unsatisfied">Cases within its scope in which its conditions do not hold.</param>
/// <param name="Failed">Cases in which it could not be evaluated.</param>
public sealed record RuleCoverage(RuleSummary Rule, int Satisfied, int Unsatisfied, int Failed)
{
    /// <summary>Whether some case shows the rule holding and, where it has conditions, another shows it not holding.</summary>
    public bool IsCovered => Satisfied > 0 && (Unsatisfied > 0 || !Rule.HasConditions);
}
