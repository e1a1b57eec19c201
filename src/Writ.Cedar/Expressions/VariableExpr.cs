namespace Writ.Cedar.Expressions;

/// <summary>One of the request's four variables.</summary>
/// <param name="Variable">Which.</param>
public sealed record VariableExpr(Variable Variable) : Expr([])
{
    /// <inheritdoc/>
    public override IEnumerable<Expr> Children => [];
}
