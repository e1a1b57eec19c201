namespace Writ.Cedar.Expressions;

/// <summary><c>x like "a*b"</c>: whether a string matches a pattern as a whole.</summary>
/// <param name="Target">The string.</param>
/// <param name="Pattern">The pattern.</param>
public sealed record LikeExpr(Expr Target, LikePattern Pattern) : Expr([Target])
{
    /// <summary>The string.</summary>
    public Expr Target { get; } = Target;

    /// <summary>The pattern.</summary>
    public LikePattern Pattern { get; } = Pattern;

    /// <inheritdoc/>
    public override IEnumerable<Expr> Children => [Target];
}
