using System.Collections.Immutable;

namespace Writ.Governance.Policies.Constraints;

/// <summary>Everything that applies to one action, each kind met with itself: never more than one entry per kind and argument. Immutable.</summary>
public sealed record ConstraintSet(ImmutableArray<Constraint> Items)
{
    public static ConstraintSet Empty { get; } = new([]);

    public bool IsEmpty => Items.IsEmpty;

    public TimeSpan? TimeLimit => Items.OfType<Constraint.TimeLimit>().FirstOrDefault()?.Duration;

    public int? OutputLimit => Items.OfType<Constraint.OutputLimit>().FirstOrDefault()?.Bytes;

    public ImmutableSortedSet<string> RedactedFields => Items.OfType<Constraint.RedactFields>().FirstOrDefault()?.Names ?? [];

    /// <summary>The fields by which results are filtered to the user acted for.</summary>
    public ImmutableSortedSet<string> SubjectFields =>
        [.. Items.OfType<Constraint.SubjectScope>().Select(c => c.Field).OfType<string>().Order(StringComparer.Ordinal)];

    /// <summary>The isolation that is asked for; 0 where none is.</summary>
    public int Ring => Items.OfType<Constraint.Ring>().FirstOrDefault()?.Level ?? 0;

    /// <summary>The strictest of all: minima of numbers, unions of redactions, intersections of allowed values. Null when an
    /// intersection is empty, which denies. The order of the input never matters.</summary>
    public static ConstraintSet? Meet(IEnumerable<Constraint> constraints)
    {
        var all = constraints.ToArray();
        var allowed = all.OfType<Constraint.AllowedValues>()
            .GroupBy(c => c.Argument, StringComparer.Ordinal)
            .Select(g => new Constraint.AllowedValues(g.Key, g.Select(c => c.Values).Aggregate((a, b) => a.Intersect(b))))
            .ToArray();
        if (allowed.Any(c => c.Values.IsEmpty))
            return null;
        var amounts = all.OfType<Constraint.AmountLimit>().ToArray();
        // One argument cannot name two currencies.
        if (amounts.Where(a => a.Currency is not null).GroupBy(a => a.CurrencyArgument, StringComparer.Ordinal).Any(g => g.DistinctBy(a => a.Currency).Count() > 1))
            return null;

        IEnumerable<Constraint> met =
        [
            .. all.OfType<Constraint.ArgumentClamp>().GroupBy(c => c.Argument, StringComparer.Ordinal).Select(g => g.MinBy(c => c.Maximum)!),
            .. allowed,
            .. all.OfType<Constraint.OutputLimit>().OrderBy(c => c.Bytes).Take(1),
            .. all.OfType<Constraint.RedactFields>().Select(c => c.Names).DefaultIfEmpty([]).Aggregate((a, b) => a.Union(b)) is { IsEmpty: false } names
                ? [new Constraint.RedactFields(names)]
                : Array.Empty<Constraint>(),
            .. all.OfType<Constraint.TimeLimit>().OrderBy(c => c.Duration).Take(1),
            .. amounts.GroupBy(c => (c.Argument, c.Currency, c.CurrencyArgument)).Select(g => g.MinBy(c => c.Maximum)!),
            .. all.OfType<Constraint.CostLimit>().OrderBy(c => c.NanoUsd).Take(1),
            .. all.OfType<Constraint.RateLimit>().GroupBy(c => (c.Window, c.Scope, c.Name)).Select(g => g.MinBy(c => c.Count)!),
            .. all.OfType<Constraint.ReadOnly>().Take(1),
            .. all.OfType<Constraint.SubjectScope>().Distinct(),
            .. all.OfType<Constraint.Ring>().OrderByDescending(c => c.Level).Take(1),
        ];
        return new ConstraintSet([.. met.OrderBy(c => c.ToString(), StringComparer.Ordinal)]);
    }

    public bool Equals(ConstraintSet? other) => other is not null && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => Items.Length;

    public override string ToString() => string.Join("; ", Items);
}
