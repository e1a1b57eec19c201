namespace Writ.Cedar.Expressions;

/// <summary><c>x.name</c> or <c>x["any name"]</c>: an attribute of a record or entity.</summary>
/// <param name="Target">The record or entity.</param>
/// <param name="Name">The name of the attribute.</param>
public sealed record AttributeExpr(Expr Target, string Name) : Expr([Target])
{
    /// <summary>The record or entity.</summary>
    public Expr Target { get; } = Target;

    /// <summary>The name of the attribute.</summary>
    public string Name { get; } = Name;

    /// <inheritdoc/>
    public override IEnumerable<Expr> Children => [Target];
}
