using Writ.Cedar.Entities;

namespace Writ.Cedar.Expressions;

/// <summary><c>x is T</c> or <c>x is T in y</c>: whether an entity is of a type and, where asked, in another.</summary>
/// <param name="Target">The entity.</param>
/// <param name="Type">The type.</param>
/// <param name="Container">The entity or set of entities that it must be in; null for <c>x is T</c>. Evaluated only when the type is right.</param>
public sealed record IsExpr(Expr Target, EntityTypeName Type, Expr? Container = null)
    : Expr(Container is null ? [Target] : [Target, Container])
{
    /// <summary>The entity.</summary>
    public Expr Target { get; } = Target;

    /// <summary>The type.</summary>
    public EntityTypeName Type { get; } = Type;

    /// <summary>The entity or set of entities that it must be in; null for <c>x is T</c>. Evaluated only when the type is right.</summary>
    public Expr? Container { get; } = Container;

    /// <inheritdoc/>
    public override IEnumerable<Expr> Children => Container is null ? [Target] : [Target, Container];
}
