using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Analysis;

/// <summary>
/// Something that is true or false of every request. All but the first four, <see cref="Opaque"/> and the relations say of a place that
/// it can be read, and more. Closed. Immutable.
/// </summary>
internal abstract record Fact
{
    private Fact()
    {
    }

    /// <summary>One or several of: it can be read; it is not there though its record is; neither, for it is poison or its record is not there.</summary>
    public sealed record Standing(Term Term, Access Access) : Fact;

    /// <summary>Whether there is poison within the set or record.</summary>
    public sealed record PoisonWithin(Term Term, bool Wanted) : Fact;

    public sealed record Typed(Term Term, ValueTypes Types) : Fact;

    /// <summary>An ordered value, by its 64-bit count, between two bounds, inclusive.</summary>
    public sealed record Between(Term Term, ValueTypes Type, Int128 Least, Int128 Most) : Fact;

    public sealed record Is(Term Term, Value Value, bool Wanted) : Fact;

    public sealed record Like(Term Term, LikePattern Pattern, bool Wanted) : Fact;

    /// <summary>A set that holds a value, or does not.</summary>
    public sealed record Contains(Term Term, Value Value, bool Wanted) : Fact;

    public sealed record Empty(Term Term, bool Wanted) : Fact;

    public sealed record In(Term Term, EntityUid Container, bool Wanted) : Fact;

    public sealed record OfType(Term Term, EntityTypeName Type, bool Wanted) : Fact;

    /// <summary>Two readable places without poison that are equal, or not.</summary>
    public sealed record Same(Term Left, Term Right, bool Wanted) : Fact;

    /// <summary>Two integers, datetimes or durations, the left one less, or less or equal.</summary>
    public sealed record Less(Term Left, Term Right, bool OrEqual) : Fact;

    /// <summary>An expression that is not looked into: true, false, or failing.</summary>
    public sealed record Opaque(Expr Expression, Answers Answers) : Fact;
}
