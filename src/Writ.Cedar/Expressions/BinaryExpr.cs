namespace Writ.Cedar.Expressions;

/// <summary>An operator applied to two operands.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Left">The operand before the operator or the dot.</param>
/// <param name="Right">The operand after the operator or in the parentheses.</param>
public sealed record BinaryExpr(BinaryOperator Operator, Expr Left, Expr Right) : Expr([Left, Right])
{
    /// <summary>The operator.</summary>
    public BinaryOperator Operator { get; } = Operator;

    /// <summary>The operand before the operator or the dot.</summary>
    public Expr Left { get; } = Left;

    /// <summary>The operand after the operator or in the parentheses.</summary>
    public Expr Right { get; } = Right;

    /// <inheritdoc/>
    public override IEnumerable<Expr> Children => [Left, Right];
}
