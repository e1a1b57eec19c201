using System.Collections.Immutable;
using Writ.Cedar.Extensions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Expressions;

/// <summary>A call of an extension function: <c>ip("::1")</c>, <c>x.isInRange(y)</c>.</summary>
public sealed record CallExpr : Expr
{
    /// <summary>Creates a call. Too few or too many arguments are an error of evaluation, as in Cedar.</summary>
    /// <exception cref="ArgumentException">A method is called without the argument before its dot.</exception>
    public CallExpr(ExtensionFunction function, ImmutableArray<Expr> arguments)
        : base(arguments.AsSpan())
    {
        ArgumentNullException.ThrowIfNull(function);
        if (function.IsMethod && arguments.IsEmpty)
            throw new ArgumentException("A method is called on something.", nameof(arguments));
        Function = function;
        Arguments = arguments;
        if (!function.IsMethod && arguments is [LiteralExpr literal])
            Constant = function.Call([literal.Value], out _);
    }

    /// <summary>The function.</summary>
    public ExtensionFunction Function { get; }

    /// <summary>The arguments; of a method, the first stands before the dot.</summary>
    public ImmutableArray<Expr> Arguments { get; }

    /// <inheritdoc/>
    public override IEnumerable<Expr> Children => Arguments;

    /// <summary>The value of a constructor applied to a literal that it accepts, made once; null when evaluation has to call.</summary>
    internal Value? Constant { get; }

    /// <inheritdoc/>
    public bool Equals(CallExpr? other) =>
        base.Equals(other) && Function == other.Function && Arguments.AsSpan().SequenceEqual(other.Arguments.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Height, Function.Name);
}
