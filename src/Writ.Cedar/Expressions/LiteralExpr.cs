using Writ.Cedar.Values;

namespace Writ.Cedar.Expressions;

/// <summary>A Boolean, integer, string or entity written down. Sets, records and extension values have expressions of their own.</summary>
public sealed record LiteralExpr : Expr
{
    /// <summary>Creates a literal.</summary>
    /// <exception cref="ArgumentException">The value is not a Boolean, integer, string or entity.</exception>
    public LiteralExpr(Value value)
        : base([])
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value is not (BoolValue or LongValue or StringValue or EntityValue))
            throw new ArgumentException($"A value of type {value.TypeName} cannot be a literal.", nameof(value));
        Value = value;
    }

    /// <summary>The value.</summary>
    public Value Value { get; }

    /// <inheritdoc/>
    public override IEnumerable<Expr> Children => [];
}
