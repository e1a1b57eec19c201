using System.Collections.Immutable;
using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Analysis;

/// <summary>What may be true of a request and the policies it is decided with. Closed. Immutable.</summary>
public abstract record Claim
{
    private Claim()
    {
    }

    /// <summary>The policy's scope and conditions hold.</summary>
    public sealed record Satisfied(Policy Policy) : Claim;

    /// <summary>The policy can be evaluated, and its scope or a condition does not hold. A policy that errs is neither this nor satisfied.</summary>
    public sealed record Unsatisfied(Policy Policy) : Claim;

    /// <summary>The expression can be evaluated and is true.</summary>
    public sealed record Holds(Expr Expression) : Claim;

    /// <summary>All of them are true; also when there is none.</summary>
    public sealed record All(ImmutableArray<Claim> Claims) : Claim;

    /// <summary>One of them is true; false when there is none.</summary>
    public sealed record Any(ImmutableArray<Claim> Claims) : Claim;

    /// <summary>The other is false.</summary>
    public sealed record Not(Claim Other) : Claim;

    /// <summary>The policy can be evaluated.</summary>
    public static Claim Evaluates(Policy policy) => new Any([new Satisfied(policy), new Unsatisfied(policy)]);

    /// <summary>All of them are true.</summary>
    public static Claim Both(params IEnumerable<Claim> claims) => new All([.. claims]);

    /// <summary>One of them is true.</summary>
    public static Claim Either(params IEnumerable<Claim> claims) => new Any([.. claims]);
}
