using Writ.Cedar.Expressions;

namespace Writ.Governance.Policies.Explaining;

/// <summary>Says what would have to be otherwise for a clause to come out the other way.</summary>
internal static class ClauseChange
{
    /// <param name="clause">The clause.</param>
    /// <param name="misses">Whether it is not as the rule wants it now.</param>
    public static string Of(Clause clause, bool misses)
    {
        // What the expression would have to be: as wanted where it misses, otherwise the opposite.
        var truth = clause.Wanted == misses;
        return clause.Expression switch
        {
            BinaryExpr { Operator: var op } comparison when Words(op, truth) is { } words => $"{comparison.Left} would have to be {words} {comparison.Right}",
            CallExpr { Function.Name: var name, Arguments: [var left, var right] } when Words(name, truth) is { } words => $"{left} would have to be {words} {right}",
            BinaryExpr { Operator: BinaryOperator.In } member => $"{member.Left} would have to be {(truth ? "in" : "outside of")} {member.Right}",
            BinaryExpr { Operator: BinaryOperator.Contains } set => $"{set.Left} would have to {(truth ? "" : "not ")}contain {set.Right}",
            HasExpr has => $"{has.Target} would have to {(truth ? "" : "not ")}have {string.Join('.', has.Path)}",
            LikeExpr like => $"{like.Target} would have to {(truth ? "" : "not ")}match {Cedar.Syntax.CedarText.Print(like.Pattern)}",
            _ => $"{clause.Expression} would have to be {(truth ? "true" : "false")}",
        };
    }

    private static string? Words(BinaryOperator op, bool truth) => (op, truth) switch
    {
        (BinaryOperator.Equal, true) or (BinaryOperator.NotEqual, false) => "equal to",
        (BinaryOperator.Equal, false) or (BinaryOperator.NotEqual, true) => "other than",
        (BinaryOperator.Less, true) or (BinaryOperator.GreaterOrEqual, false) => "below",
        (BinaryOperator.LessOrEqual, true) or (BinaryOperator.Greater, false) => "at most",
        (BinaryOperator.Greater, true) or (BinaryOperator.LessOrEqual, false) => "above",
        (BinaryOperator.GreaterOrEqual, true) or (BinaryOperator.Less, false) => "at least",
        _ => null,
    };

    private static string? Words(string function, bool truth) => function switch
    {
        "lessThan" => truth ? "below" : "at least",
        "lessThanOrEqual" => truth ? "at most" : "above",
        "greaterThan" => truth ? "above" : "at most",
        "greaterThanOrEqual" => truth ? "at least" : "below",
        "isInRange" => truth ? "in the range" : "outside of the range",
        _ => null,
    };
}
