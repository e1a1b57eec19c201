using Writ.Cedar.Syntax;

namespace Writ.Cedar.Expressions;

/// <summary>
/// An expression of a policy's condition. Closed: <see cref="LiteralExpr"/>, <see cref="VariableExpr"/>, <see cref="UnaryExpr"/>,
/// <see cref="BinaryExpr"/>, <see cref="IfExpr"/>, <see cref="AttributeExpr"/>, <see cref="HasExpr"/>, <see cref="LikeExpr"/>,
/// <see cref="IsExpr"/>, <see cref="SetExpr"/>, <see cref="RecordExpr"/>, <see cref="CallExpr"/>. Immutable. Two expressions are equal
/// when they are built alike; where they stand in a source does not matter.
/// </summary>
public abstract record Expr
{
    // Not a params list: with one child, that would be the copy constructor.
    private protected Expr(ReadOnlySpan<Expr> children)
    {
        foreach (var child in children)
            Height = Math.Max(Height, child.Height);
        Height++;
    }

    /// <summary>Where the expression starts; unknown when it was not read from text.</summary>
    public SourcePosition Position { get; init; }

    /// <summary>How many expressions lie on the longest way down, this one included; 1 for a literal or variable.</summary>
    public int Height { get; }

    /// <summary>The expressions directly inside this one, in the order of the text.</summary>
    public abstract IEnumerable<Expr> Children { get; }

    /// <summary>This expression and all inside it, each before what it holds, in the order of the text. Needs no stack.</summary>
    public IEnumerable<Expr> DescendantsAndSelf()
    {
        var open = new Stack<Expr>([this]);
        while (open.TryPop(out var next))
        {
            yield return next;
            foreach (var child in next.Children.Reverse())
                open.Push(child);
        }
    }

    /// <summary>Whether <paramref name="other"/> is an expression of the same kind; the parts are compared by each kind.</summary>
    public virtual bool Equals(Expr? other) => other is not null && EqualityContract == other.EqualityContract && Height == other.Height;

    /// <inheritdoc/>
    public override int GetHashCode() => Height;

    /// <summary>The expression in Cedar's syntax, on one line.</summary>
    public sealed override string ToString() => CedarText.Print(this);
}
