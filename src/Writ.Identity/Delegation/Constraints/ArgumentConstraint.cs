using System.Collections.Immutable;
using System.Text.Json;

namespace Writ.Identity.Delegation.Constraints;

/// <summary>
/// What one argument of a tool may be. A closed set: a constraint of another type refuses the token that holds it, because what is not
/// understood cannot be enforced. Immutable and thread safe.
/// </summary>
public abstract record ArgumentConstraint
{
    private ArgumentConstraint()
    {
    }

    /// <summary>The value of <c>constraint_type</c>.</summary>
    public abstract string Type { get; }

    /// <summary>Whether a value is allowed. Every constraint it is made of is asked, at most <see cref="DelegationLimits.MaxConstraints"/>.</summary>
    public abstract bool Allows(ConstraintValue value);

    /// <summary>Exactly one value.</summary>
    public sealed record Exact(ConstraintValue Value) : ArgumentConstraint
    {
        /// <inheritdoc/>
        public override string Type => "exact";

        /// <inheritdoc/>
        public override bool Allows(ConstraintValue value) => Value.Equals(value);
    }

    /// <summary>A number between two bounds, both inclusive; one of them may be absent.</summary>
    public sealed record Range(double? Min, double? Max) : ArgumentConstraint
    {
        /// <inheritdoc/>
        public override string Type => "range";

        /// <inheritdoc/>
        public override bool Allows(ConstraintValue value) =>
            value?.Element.ValueKind == JsonValueKind.Number && value.Element.TryGetDouble(out var number)
            && (Min is not { } min || number >= min) && (Max is not { } max || number <= max);
    }

    /// <summary>One of a set of values.</summary>
    public sealed record OneOf(ImmutableHashSet<ConstraintValue> Values) : ArgumentConstraint
    {
        /// <inheritdoc/>
        public override string Type => "one_of";

        /// <inheritdoc/>
        public override bool Allows(ConstraintValue value) => Values.Contains(value);
    }

    /// <summary>Any value but those of a set.</summary>
    public sealed record NotOneOf(ImmutableHashSet<ConstraintValue> Excluded) : ArgumentConstraint
    {
        /// <inheritdoc/>
        public override string Type => "not_one_of";

        /// <inheritdoc/>
        public override bool Allows(ConstraintValue value) => !Excluded.Contains(value);
    }

    /// <summary>A list that holds at least these values.</summary>
    public sealed record Contains(ImmutableHashSet<ConstraintValue> Required) : ArgumentConstraint
    {
        /// <inheritdoc/>
        public override string Type => "contains";

        /// <inheritdoc/>
        public override bool Allows(ConstraintValue value) => ItemsOf(value) is { } items && Required.All(items.Contains);
    }

    /// <summary>A list of nothing but these values.</summary>
    public sealed record Subset(ImmutableHashSet<ConstraintValue> Allowed) : ArgumentConstraint
    {
        /// <inheritdoc/>
        public override string Type => "subset";

        /// <inheritdoc/>
        public override bool Allows(ConstraintValue value) => ItemsOf(value) is { } items && items.All(Allowed.Contains);
    }

    /// <summary>Any value, also none.</summary>
    public sealed record Wildcard : ArgumentConstraint
    {
        /// <inheritdoc/>
        public override string Type => "wildcard";

        /// <inheritdoc/>
        public override bool Allows(ConstraintValue value) => true;
    }

    /// <summary>All of several constraints at once.</summary>
    public sealed record All(ImmutableArray<ArgumentConstraint> Constraints) : ArgumentConstraint
    {
        /// <inheritdoc/>
        public override string Type => "all";

        /// <inheritdoc/>
        public override bool Allows(ConstraintValue value) => Constraints.All(constraint => constraint.Allows(value));
    }

    /// <summary>At least one of several constraints.</summary>
    public sealed record Any(ImmutableArray<ArgumentConstraint> Constraints) : ArgumentConstraint
    {
        /// <inheritdoc/>
        public override string Type => "any";

        /// <inheritdoc/>
        public override bool Allows(ConstraintValue value) => Constraints.Any(constraint => constraint.Allows(value));
    }

    private static HashSet<ConstraintValue>? ItemsOf(ConstraintValue value)
    {
        if (value?.Element.ValueKind != JsonValueKind.Array)
            return null;
        var items = new HashSet<ConstraintValue>();
        foreach (var element in value.Element.EnumerateArray())
        {
            if (!ConstraintValue.TryCreate(element, out var item))
                return null;
            items.Add(item);
        }

        return items;
    }
}
