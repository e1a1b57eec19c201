using System.Collections.Immutable;
using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;

namespace Writ.Governance.Policies.Explaining;

/// <summary>A part of a rule's conditions that must come out one way for the rule to apply; all clauses of a rule together are its conditions.</summary>
/// <param name="Expression">What is asked.</param>
/// <param name="Wanted">How it has to come out.</param>
internal readonly record struct Clause(Expr Expression, bool Wanted)
{
    /// <summary>The clauses of a policy, in the order in which they are evaluated.</summary>
    public static ImmutableArray<Clause> Of(Policy policy) =>
        [.. policy.Conditions.SelectMany(condition => Split(condition.Body, condition.Kind == ConditionKind.When))];

    /// <summary>The clause as an expression that has to be true.</summary>
    public Expr AsTrue => Wanted ? Expression : new UnaryExpr(UnaryOperator.Not, Expression) { Position = Expression.Position };

    private static IEnumerable<Clause> Split(Expr whole, bool wanted)
    {
        // Conditions may be long chains: an explicit stack, the left operand on top.
        var open = new Stack<Clause>([new Clause(whole, wanted)]);
        while (open.TryPop(out var next))
        {
            switch (next)
            {
                case { Expression: BinaryExpr { Operator: BinaryOperator.And } both, Wanted: true }:
                    open.Push(new Clause(both.Right, true));
                    open.Push(new Clause(both.Left, true));
                    break;
                case { Expression: BinaryExpr { Operator: BinaryOperator.Or } either, Wanted: false }:
                    open.Push(new Clause(either.Right, false));
                    open.Push(new Clause(either.Left, false));
                    break;
                case { Expression: UnaryExpr { Operator: UnaryOperator.Not } not }:
                    open.Push(new Clause(not.Operand, !next.Wanted));
                    break;
                default:
                    yield return next;
                    break;
            }
        }
    }
}
