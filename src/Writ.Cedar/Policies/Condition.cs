using Writ.Cedar.Expressions;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Policies;

/// <summary>A <c>when</c> or <c>unless</c> of a policy. Immutable.</summary>
public sealed record Condition
{
    /// <summary>Creates a condition.</summary>
    /// <exception cref="ArgumentException">The expression is higher than <see cref="ParseOptions.HeightBound"/>, which no evaluator's stack is promised to bear.</exception>
    public Condition(ConditionKind kind, Expr body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (body.Height > ParseOptions.HeightBound)
            throw new ArgumentException($"The expression is more than {ParseOptions.HeightBound} operations high.", nameof(body));
        Kind = kind;
        Body = body;
    }

    /// <summary>How the expression is meant.</summary>
    public ConditionKind Kind { get; }

    /// <summary>The expression, which must evaluate to a Boolean.</summary>
    public Expr Body { get; }
}
