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

    /// <summary>The kinds that Writ has held an action to when it permits it: whoever runs the action has nothing left to do for them.</summary>
    public static FrozenSet<string> HeldByWrit { get; } = new[]
    {
        Constraint.AllowedValues.Word,
        Constraint.AmountLimit.Word,
        Constraint.CostLimit.Word,
        Constraint.RateLimit.Word,
        Constraint.ReadOnly.Word,
    }.ToFrozenSet(StringComparer.Ordinal);
}
