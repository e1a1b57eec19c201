using System.Collections.Immutable;

namespace Writ.Cedar.Expressions;

/// <summary><c>[x, y]</c>: a set of the elements' values.</summary>
public sealed record SetExpr : Expr
{
    /// <summary>Creates a set of the elements.</summary>
    public SetExpr(ImmutableArray<Expr> elements)
        : base(elements.AsSpan()) => Elements = elements;

    /// <summary>The elements, in the order of the text.</summary>
    public ImmutableArray<Expr> Elements { get; }

    /// <inheritdoc/>
    public override IEnumerable<Expr> Children => Elements;

    /// <inheritdoc/>
    public bool Equals(SetExpr? other) => base.Equals(other) && Elements.AsSpan().SequenceEqual(other.Elements.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Height, Elements.Length);
}
