namespace Writ.Cedar.Expressions;

/// <summary>An operator applied to one operand.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Operand">What it is applied to.</param>
public sealed record UnaryExpr(UnaryOperator Operator, Expr Operand) : Expr([Operand])
{
    /// <summary>The operator.</summary>
    public UnaryOperator Operator { get; } = Operator;

    /// <summary>What it is applied to.</summary>
    public Expr Operand { get; } = Operand;

    /// <inheritdoc/>
    public override IEnumerable<Expr> Children => [Operand];
}
