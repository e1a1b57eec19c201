using System.Collections.Frozen;

namespace Writ.Governance.Policies.Constraints;

/// <summary>The catalogue's words.</summary>
public static class ConstraintKinds
{
    /// <summary>Every kind there is.</summary>
    public static FrozenSet<string> All { get; } = new[]
    {
        Constraint.ArgumentClamp.Word,
        Constraint.AllowedValues.Word,
        Constraint.OutputLimit.Word,
        Constraint.RedactFields.Word,
        Constraint.TimeLimit.Word,
        Constraint.AmountLimit.Word,
        Constraint.CostLimit.Word,
        Constraint.RateLimit.Word,
        Constraint.ReadOnly.Word,
        Constraint.Ring.Word,
        Constraint.SubjectScope.Word,
    }.ToFrozenSet(StringComparer.Ordinal);
}
