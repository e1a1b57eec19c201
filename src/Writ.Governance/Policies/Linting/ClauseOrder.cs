using System.Collections.Immutable;
using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;
using Writ.Cedar.Values;
using Writ.Governance.Policies.Explaining;

namespace Writ.Governance.Policies.Linting;

/// <summary>The order of conditions: whether one set of clauses holds wherever another does, by equal clauses and by bounds on the same term.</summary>
internal static class ClauseOrder
{
    /// <summary>Whether everything that satisfies the narrow policy's conditions satisfies the wide one's.</summary>
    public static bool Covers(Policy wide, Policy narrow)
    {
        var given = Clause.Of(narrow);
        return Clause.Of(wide).All(needed => given.Any(clause => Implies(clause, needed)));
    }

    /// <summary>Whether two clauses can never hold together.</summary>
    public static bool Contradict(Clause one, Clause other) =>
        (one.Expression.Equals(other.Expression) && one.Wanted != other.Wanted)
        || (Bound(one) is { } first && Bound(other) is { } second && first.Term.Equals(second.Term) && !Overlap(first.Range, second.Range));

    private static bool Implies(Clause given, Clause needed) =>
        (given.Expression.Equals(needed.Expression) && given.Wanted == needed.Wanted)
        || (Bound(given) is { } narrow && Bound(needed) is { } wide && narrow.Term.Equals(wide.Term) && Within(narrow.Range, wide.Range));

    /// <summary>Bounds, both inclusive, in the smallest steps of their type; texts and truths are ranges of one. The type is part of it.</summary>
    private static (Expr Term, (string Type, Int128 Least, Int128 Most, Value? Only) Range)? Bound(Clause clause)
    {
        var (term, op, constant) = clause.Expression switch
        {
            BinaryExpr { Left: var left, Right: LiteralExpr { Value: var value } } binary => (left, Words(binary.Operator), value),
            CallExpr { Function.Name: var name, Arguments: [var left, CallExpr { Arguments: [LiteralExpr { Value: StringValue { Value: var text } }] }] } when DecimalValue.TryParse(text, out var value) => (left, name, (Value)value),
            _ => (null, null, null),
        };
        if (term is null || op is null || constant is null)
            return null;
        if (constant is not (LongValue or DecimalValue))
            return op == "equal" && clause.Wanted ? (term, (constant.TypeName, 0, 0, constant)) : null;

        Int128 at = constant is LongValue number ? number.Value : ((DecimalValue)constant).TenThousandths;
        (Int128, Int128)? range = (op, clause.Wanted) switch
        {
            ("equal", true) => (at, at),
            ("lessThan", true) or ("greaterThanOrEqual", false) => (Int128.MinValue, at - 1),
            ("lessThanOrEqual", true) or ("greaterThan", false) => (Int128.MinValue, at),
            ("greaterThan", true) or ("lessThanOrEqual", false) => (at + 1, Int128.MaxValue),
            ("greaterThanOrEqual", true) or ("lessThan", false) => (at, Int128.MaxValue),
            _ => null,
        };
        return range is { } found ? (term, (constant.TypeName, found.Item1, found.Item2, null)) : null;
    }

    private static string? Words(BinaryOperator op) => op switch
    {
        BinaryOperator.Equal => "equal",
        BinaryOperator.Less => "lessThan",
        BinaryOperator.LessOrEqual => "lessThanOrEqual",
        BinaryOperator.Greater => "greaterThan",
        BinaryOperator.GreaterOrEqual => "greaterThanOrEqual",
        _ => null,
    };

    private static bool Overlap((string Type, Int128 Least, Int128 Most, Value? Only) a, (string Type, Int128 Least, Int128 Most, Value? Only) b) =>
        a.Type == b.Type && Equals(a.Only, b.Only) && a.Least <= b.Most && b.Least <= a.Most;

    private static bool Within((string Type, Int128 Least, Int128 Most, Value? Only) narrow, (string Type, Int128 Least, Int128 Most, Value? Only) wide) =>
        narrow.Type == wide.Type && Equals(narrow.Only, wide.Only) && wide.Least <= narrow.Least && narrow.Most <= wide.Most;
}
