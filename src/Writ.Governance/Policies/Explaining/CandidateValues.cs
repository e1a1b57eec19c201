using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;
using Writ.Cedar.Values;

namespace Writ.Governance.Policies.Explaining;

/// <summary>
/// The values of an argument at which a clause may come out otherwise: the constants it is compared with, and their neighbours. Only
/// direct comparisons of <c>context.args…</c> with what does not depend on arguments are understood; of all others nothing is said.
/// </summary>
internal static class CandidateValues
{
    private const int MaxMembers = 8;

    /// <summary>Argument paths with values; null stands for "not there".</summary>
    public static IEnumerable<(string Argument, JsonNode? Value)> Of(Expr clause, Request request, EntityStore entities)
    {
        foreach (var part in clause.DescendantsAndSelf())
        {
            var found = part switch
            {
                BinaryExpr { Operator: BinaryOperator.Contains, Left: SetExpr set } member when Argument(member.Right) is { } path =>
                    set.Elements.Take(MaxMembers).SelectMany(element => Around(path, Constant(element))),
                BinaryExpr { Operator: >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual } compared => Sides(compared.Left, compared.Right),
                CallExpr { Arguments: [var left, var right] } => Sides(left, right),
                HasExpr { Path: [var name], Target: var target } when Argument(new AttributeExpr(target, name)) is { } path => [(path, null)],
                _ => [],
            };
            foreach (var candidate in found)
                yield return candidate;
        }

        IEnumerable<(string, JsonNode?)> Sides(Expr left, Expr right) =>
            Argument(left) is { } path ? Around(path, Constant(right))
            : Argument(right) is { } other ? Around(other, Constant(left))
            : [];

        Value? Constant(Expr expr) => expr.DescendantsAndSelf().Any(inner => Argument(inner) is not null) ? null : Reference.ValueOf(expr, request, entities, out _);
    }

    private static IEnumerable<(string, JsonNode?)> Around(string path, Value? value) => value switch
    {
        LongValue { Value: var number } => [(path, number), .. number > long.MinValue ? [(path, (JsonNode?)(number - 1))] : Array.Empty<(string, JsonNode?)>(), .. number < long.MaxValue ? [(path, (JsonNode?)(number + 1))] : Array.Empty<(string, JsonNode?)>()],
        DecimalValue { TenThousandths: var parts } => new[] { 0L, -100, 100, -1, 1 }.Select(step => (path, Decimal(parts / 10_000m + step / 10_000m))),
        StringValue { Value: var text } => [(path, text)],
        BoolValue { Value: var truth } => [(path, truth), (path, !truth)],
        _ => [],
    };

    private static JsonNode? Decimal(decimal number) => JsonNode.Parse(number.ToString("0.####", CultureInfo.InvariantCulture));

    /// <summary>The path below <c>context.args</c>; null for anything else.</summary>
    private static string? Argument(Expr expr)
    {
        if (expr is not AttributeExpr attribute)
            return null;
        if (attribute.Target is AttributeExpr { Name: "args", Target: VariableExpr { Variable: Variable.Context } })
            return attribute.Name;
        return Argument(attribute.Target) is { } above ? $"{above}.{attribute.Name}" : null;
    }
}
