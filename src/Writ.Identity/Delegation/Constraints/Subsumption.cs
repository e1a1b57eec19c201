namespace Writ.Identity.Delegation.Constraints;

/// <summary>
/// Whether everything that one constraint allows is allowed by another. The answer "yes" is always right; where the structure of two
/// constraints does not show it, the answer is "no", so a holder can only err towards less. Decidable and bounded: what takes more than
/// <see cref="DelegationLimits.MaxComparisons"/> comparisons is refused. Not thread safe.
/// </summary>
internal sealed class Subsumption
{
    private int _comparisons;

    public bool Covers(ArgumentConstraint parent, ArgumentConstraint child)
    {
        if (++_comparisons > DelegationLimits.MaxComparisons)
            return false;
        return (parent, child) switch
        {
            (ArgumentConstraint.Wildcard, _) => true,
            // What the child splits into alternatives has to hold for each; what the parent demands at once, likewise.
            (_, ArgumentConstraint.Any any) => any.Constraints.All(one => Covers(parent, one)),
            (ArgumentConstraint.All all, _) => all.Constraints.All(one => Covers(one, child)),
            // From here on one witness is enough.
            (_, ArgumentConstraint.Exact exact) => parent.Allows(exact.Value),
            (_, ArgumentConstraint.OneOf oneOf) => Spend(oneOf.Values.Count) && oneOf.Values.All(parent.Allows),
            (ArgumentConstraint.Any any, ArgumentConstraint.All all) => any.Constraints.Any(one => Covers(one, child)) || all.Constraints.Any(one => Covers(parent, one)),
            (ArgumentConstraint.Any any, _) => any.Constraints.Any(one => Covers(one, child)),
            (_, ArgumentConstraint.All all) => all.Constraints.Any(one => Covers(parent, one)),
            (ArgumentConstraint.Range wide, ArgumentConstraint.Range narrow) =>
                (wide.Min is not { } min || narrow.Min >= min) && (wide.Max is not { } max || narrow.Max <= max),
            (ArgumentConstraint.NotOneOf wide, ArgumentConstraint.NotOneOf narrow) => Spend(wide.Excluded.Count) && wide.Excluded.All(narrow.Excluded.Contains),
            (ArgumentConstraint.Contains wide, ArgumentConstraint.Contains narrow) => Spend(wide.Required.Count) && wide.Required.All(narrow.Required.Contains),
            (ArgumentConstraint.Subset wide, ArgumentConstraint.Subset narrow) => Spend(narrow.Allowed.Count) && narrow.Allowed.All(wide.Allowed.Contains),
            _ => false,
        };
    }

    private bool Spend(int comparisons) => (_comparisons += comparisons) <= DelegationLimits.MaxComparisons;
}
