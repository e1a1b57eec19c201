using System.Collections.Immutable;
using Writ.Cedar.Expressions;
using Writ.Cedar.Values;

namespace Writ.Governance.Policies.Authoring;

/// <summary>
/// Finds pairs of rules that mean something else to a reader who expects the first rule that matches to win: a stricter rule below one
/// that may hold at the same time.
/// </summary>
internal static class FirstMatchThinking
{
    public static IEnumerable<PolicyProblem> Warnings(string path, ImmutableArray<FormRule> rules)
    {
        for (var later = 1; later < rules.Length; later++)
        {
            var rule = rules[later];
            if (rule.Decision != FormDecision.Allow
                && rules.Take(later).FirstOrDefault(first => first.Decision <= rule.Decision && first.Decision != FormDecision.Deny && !Exclude(first.Condition, rule.Condition)) is { } above)
            {
                yield return new PolicyProblem(
                    path, rule.Place.Line, rule.Place.Column,
                    $"rule '{rule.Name}' ({rule.Decision.Word()}) also counts where rule '{above.Name}' ({above.Decision.Word()}) on line {above.Place.Line} holds: every rule that holds counts, not the first");
            }
        }
    }

    /// <summary>Whether two conditions never hold together, because they want one place to have two different values.</summary>
    public static bool Exclude(Expr one, Expr other)
    {
        var wanted = Conjuncts(one).Select(Wanted).OfType<(Expr Place, ImmutableHashSet<string> Values)>().ToArray();
        return Conjuncts(other).Select(Wanted).OfType<(Expr Place, ImmutableHashSet<string> Values)>()
            .Any(b => wanted.Any(a => a.Place.Equals(b.Place) && !a.Values.Overlaps(b.Values)));
    }

    private static IEnumerable<Expr> Conjuncts(Expr expr) =>
        expr is BinaryExpr { Operator: BinaryOperator.And } and ? Conjuncts(and.Left).Concat(Conjuncts(and.Right)) : [expr];

    private static (Expr Place, ImmutableHashSet<string> Values)? Wanted(Expr expr) => expr switch
    {
        BinaryExpr { Operator: BinaryOperator.Equal, Left: var place, Right: LiteralExpr { Value: StringValue text } } => (place, [text.Value]),
        BinaryExpr { Operator: BinaryOperator.Contains, Left: SetExpr set, Right: var place } when set.Elements.All(e => e is LiteralExpr { Value: StringValue }) =>
            (place, [.. set.Elements.Select(e => ((StringValue)((LiteralExpr)e).Value).Value)]),
        LikeExpr { Target: var place, Pattern.Pieces: [var text] } => (place, [text]),
        _ => null,
    };
}
