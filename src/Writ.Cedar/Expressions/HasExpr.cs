using System.Collections.Immutable;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Expressions;

/// <summary><c>x has name</c> or <c>x has a.b.c</c>: whether a record or entity has an attribute, and that one the next, and so on.</summary>
public sealed record HasExpr : Expr
{
    /// <summary>Tests for one attribute of any name.</summary>
    public HasExpr(Expr target, string name)
        : this(target, [name])
    {
    }

    /// <summary>Tests for a path of attributes.</summary>
    /// <exception cref="ArgumentException">The path is empty, or has more than one name of which one is not an identifier.</exception>
    public HasExpr(Expr target, ImmutableArray<string> path)
        : base([target])
    {
        if (path.IsDefaultOrEmpty || (path.Length > 1 && !path.All(name => Identifier.IsUsable(name))))
            throw new ArgumentException("A path is one name, or several identifiers.", nameof(path));
        Target = target;
        Path = path;
    }

    /// <summary>The record or entity.</summary>
    public Expr Target { get; }

    /// <summary>The names, from the outermost; at least one.</summary>
    public ImmutableArray<string> Path { get; }

    /// <inheritdoc/>
    public override IEnumerable<Expr> Children => [Target];

    /// <inheritdoc/>
    public bool Equals(HasExpr? other) => base.Equals(other) && Path.AsSpan().SequenceEqual(other.Path.AsSpan()) && Target.Equals(other.Target);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Target, Path[^1], Path.Length);
}
