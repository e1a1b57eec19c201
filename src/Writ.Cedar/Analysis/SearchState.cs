using System.Collections.Immutable;
using Writ.Cedar.Expressions;

namespace Writ.Cedar.Analysis;

/// <summary>What is settled of a request on one branch of a search. <see cref="With"/> is null where it cannot be. Immutable.</summary>
internal sealed record SearchState(RequestSpace Space)
{
    private const int Rounds = 8;

    public ImmutableSortedDictionary<string, (Term Term, TermState State)> Terms { get; private init; } =
        ImmutableSortedDictionary.Create<string, (Term, TermState)>(StringComparer.Ordinal);

    public ImmutableDictionary<Expr, Answers> Opaque { get; private init; } = ImmutableDictionary<Expr, Answers>.Empty;

    public ImmutableList<Fact> Relations { get; private init; } = [];

    public SearchState? With(Fact fact)
    {
        switch (fact)
        {
            case Fact.Opaque opaque:
                var left = Opaque.GetValueOrDefault(opaque.Expression, Answers.All) & opaque.Answers;
                return left == 0 ? null : this with { Opaque = Opaque.SetItem(opaque.Expression, left) };
            case Fact.Same same:
                return same.Left.Equals(same.Right) && !same.Wanted ? null : With([new Fact.PoisonWithin(same.Left, false), new Fact.PoisonWithin(same.Right, false)], same);
            case Fact.Less less:
                const ValueTypes ordered = ValueTypes.Long | ValueTypes.Datetime | ValueTypes.Duration;
                return less.Left.Equals(less.Right) && !less.OrEqual ? null : With([new Fact.Typed(less.Left, ordered), new Fact.Typed(less.Right, ordered)], less);
            default:
                return About(TermOf(fact), fact)?.Propagated();
        }
    }

    public TermState StateOf(Term term)
    {
        if (Terms.TryGetValue(term.Path, out var known))
            return known.State;
        if (term.Parent is null)
            return TermState.OfVariable(term.Root == Variable.Principal ? Space.Principal.Type : null);
        return TermState.Of(DomainOf(term));
    }

    private AttributeDomain DomainOf(Term term)
    {
        if (Space.Attributes.TryGetValue(term.Path, out var domain))
            return domain;
        return Space.Attributes.TryGetValue(term.Parent!.Path, out var parent) && parent.Closed ? AttributeDomain.Missing : AttributeDomain.Unknown;
    }

    private SearchState? With(ReadOnlySpan<Fact> first, Fact relation)
    {
        var state = this;
        foreach (var fact in first)
        {
            if (state.With(fact) is not { } next)
                return null;
            state = next;
        }

        return (state with { Relations = state.Relations.Add(relation) }).Propagated();
    }

    private SearchState? About(Term term, Fact fact)
    {
        if (StateOf(term).With(fact, Space.Entities) is not { } changed)
            return null;
        var state = this with { Terms = Terms.SetItem(term.Path, (term, changed)) };

        // What is read, or seen not to be there, is so of something that can be read itself.
        return term.Parent is null || changed.Access.HasFlag(Access.Broken)
            ? state
            : state.About(term.Parent, new Fact.Typed(term.Parent, ValueTypes.Record | ValueTypes.Entity));
    }

    private SearchState? Propagated()
    {
        var state = this;
        for (var round = 0; round < Rounds && state.Relations.Count > 0; round++)
        {
            var before = state.Terms;
            foreach (var relation in state.Relations)
            {
                if (state.Narrowed(relation) is not { } next)
                    return null;
                state = next;
            }

            if (ReferenceEquals(before, state.Terms))
                break;
        }

        return state;
    }

    private SearchState? Narrowed(Fact relation)
    {
        var (left, right) = relation is Fact.Same same ? (same.Left, same.Right) : (((Fact.Less)relation).Left, ((Fact.Less)relation).Right);
        var (a, b) = (StateOf(left), StateOf(right));
        if (relation is Fact.Same { Wanted: false })
            return a.OneOf is [var x] && b.OneOf is [var y] && x.Equals(y) ? null : this;
        var types = a.Types & b.Types;
        var (na, nb) = (a.OfTypes(types), b.OfTypes(types));
        foreach (var type in a.Bounds.Keys)
        {
            if (relation is Fact.Less less)
            {
                var gap = less.OrEqual ? 0 : 1;
                na = na.Within(type, long.MinValue, b.Bounds[type].Most - gap);
                nb = nb.Within(type, a.Bounds[type].Least + gap, long.MaxValue);
            }
            else
            {
                na = na.Within(type, b.Bounds[type].Least, b.Bounds[type].Most);
                nb = nb.Within(type, a.Bounds[type].Least, a.Bounds[type].Most);
            }
        }

        if (na.Checked(Space.Entities) is not { } checkedA || nb.Checked(Space.Entities) is not { } checkedB)
            return null;
        var state = Set(left, a, checkedA).Set(right, b, checkedB);
        if (relation is Fact.Same)
        {
            if (checkedA.OneOf is [var onlyA] && checkedB.OneOf is not [_])
                return state.About(right, new Fact.Is(right, onlyA, true));
            if (checkedB.OneOf is [var onlyB] && checkedA.OneOf is not [_])
                return state.About(left, new Fact.Is(left, onlyB, true));
            if (checkedA.OneOf is [var p] && checkedB.OneOf is [var q] && !p.Equals(q))
                return null;
        }

        return state;
    }

    private SearchState Set(Term term, TermState before, TermState after) =>
        before.Types == after.Types && before.Bounds.All(bound => after.Bounds[bound.Key] == bound.Value)
            ? this
            : this with { Terms = Terms.SetItem(term.Path, (term, after)) };

    private static Term TermOf(Fact fact) => fact switch
    {
        Fact.Standing f => f.Term,
        Fact.PoisonWithin f => f.Term,
        Fact.Typed f => f.Term,
        Fact.Between f => f.Term,
        Fact.Is f => f.Term,
        Fact.Like f => f.Term,
        Fact.Contains f => f.Term,
        Fact.Empty f => f.Term,
        Fact.In f => f.Term,
        Fact.OfType f => f.Term,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
