namespace Writ.Cedar.Expressions;

/// <summary><c>if x then y else z</c>; only the branch that is taken is evaluated.</summary>
/// <param name="Condition">What decides.</param>
/// <param name="Then">The result when it is true.</param>
/// <param name="Else">The result when it is false.</param>
public sealed record IfExpr(Expr Condition, Expr Then, Expr Else) : Expr([Condition, Then, Else])
{
    /// <summary>What decides.</summary>
    public Expr Condition { get; } = Condition;

    /// <summary>The result when it is true.</summary>
    public Expr Then { get; } = Then;

    /// <summary>The result when it is false.</summary>
    public Expr Else { get; } = Else;

    /// <inheritdoc/>
    public override IEnumerable<Expr> Children => [Condition, Then, Else];
}
