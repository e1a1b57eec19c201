namespace Writ.Cedar.Analysis;

/// <summary>Makes the contrary of formulas, each part once. Not thread safe.</summary>
internal sealed class Negation
{
    private const ValueTypes Ordered = ValueTypes.Long | ValueTypes.Datetime | ValueTypes.Duration;
    private readonly Dictionary<Formula, Formula> _known = new(ReferenceEqualityComparer.Instance);

    public Formula Of(Formula formula)
    {
        if (_known.TryGetValue(formula, out var known))
            return known;
        return _known[formula] = formula switch
        {
            Formula.AllOf all => Formula.Or(all.Parts.Select(Of)),
            Formula.AnyOf any => Formula.And(any.Parts.Select(Of)),
            Formula.Atom atom => Contrary(atom.Fact),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    // What says something of a value is also false where there is none, or none of the type.
    private static Formula Contrary(Fact fact) => fact switch
    {
        Fact.Standing f => Facts.Stands(f.Term, Access.All & ~f.Access),
        Fact.PoisonWithin f => Formula.Or(Unreadable(f.Term), Atom(f with { Wanted = !f.Wanted })),
        Fact.Typed f => Formula.Or(Unreadable(f.Term), Facts.Typed(f.Term, ValueTypes.Any & ~f.Types)),
        Fact.Between f => Formula.Or(NotOf(f.Term, f.Type), Facts.Between(f.Term, f.Type, long.MinValue, f.Least - 1), Facts.Between(f.Term, f.Type, f.Most + 1, long.MaxValue)),
        Fact.Is f => Formula.Or(Unreadable(f.Term), Poisoned(f.Term), Atom(f with { Wanted = !f.Wanted })),
        Fact.Like f => Formula.Or(NotOf(f.Term, ValueTypes.String), Atom(f with { Wanted = !f.Wanted })),
        Fact.Contains f => Formula.Or(NotOf(f.Term, ValueTypes.Set), Poisoned(f.Term), Atom(f with { Wanted = !f.Wanted })),
        Fact.Empty f => Formula.Or(NotOf(f.Term, ValueTypes.Set), Poisoned(f.Term), Atom(f with { Wanted = !f.Wanted })),
        Fact.In f => Formula.Or(NotOf(f.Term, ValueTypes.Entity), Atom(f with { Wanted = !f.Wanted })),
        Fact.OfType f => Formula.Or(NotOf(f.Term, ValueTypes.Entity), Atom(f with { Wanted = !f.Wanted })),
        Fact.Same f => Formula.Or(Unreadable(f.Left), Unreadable(f.Right), Poisoned(f.Left), Poisoned(f.Right), Atom(f with { Wanted = !f.Wanted })),
        Fact.Less f => Formula.Or(
            NotOf(f.Left, Ordered), NotOf(f.Right, Ordered), Mismatch(f, ValueTypes.Long), Mismatch(f, ValueTypes.Datetime), Mismatch(f, ValueTypes.Duration),
            Atom(new Fact.Less(f.Right, f.Left, !f.OrEqual))),
        Fact.Opaque f => Facts.Opaque(f.Expression, Answers.All & ~f.Answers),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Formula Mismatch(Fact.Less fact, ValueTypes type) => Formula.And(Facts.Typed(fact.Left, type), Facts.Typed(fact.Right, ValueTypes.Any & ~type));

    private static Formula NotOf(Term term, ValueTypes types) => Formula.Or(Unreadable(term), Facts.Typed(term, ValueTypes.Any & ~types));

    private static Formula Unreadable(Term term) => Facts.Stands(term, Access.Absent | Access.Broken);

    private static Formula.Atom Poisoned(Term term) => Atom(new Fact.PoisonWithin(term, true));

    private static Formula.Atom Atom(Fact fact) => new(fact);
}
