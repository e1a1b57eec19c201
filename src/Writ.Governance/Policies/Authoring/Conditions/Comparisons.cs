using System.Collections.Immutable;
using Writ.Cedar.Expressions;
using Writ.Cedar.Extensions;

namespace Writ.Governance.Policies.Authoring.Conditions;

/// <summary>
/// Makes Cedar of comparisons. Cedar's <c>==</c> between values of two types is false and no error, so that a forbid over an argument of an
/// unexpected type would never hold: against a literal, what an agent sends is therefore compared by operators that fail on another
/// type, and a forbid that fails denies.
/// </summary>
internal static class Comparisons
{
    private const int MaxItems = 64;

    /// <summary>The comparison, or what is wrong with it.</summary>
    public static Term? Make(string word, Term left, Term right, out string error)
    {
        error = "";
        if (left.IsLiteral && right.IsLiteral)
            error = "both sides are written out: the comparison is always the same";
        else if (left.Type == TermType.Record || right.Type == TermType.Record)
            error = "'args', 'asserted', 'derived' and 'facts' stand before a dot, or before 'has'";
        if (error.Length > 0)
            return null;

        Expr? made;
        (made, error) = word switch
        {
            "==" => Equal(left, right),
            "!=" => Not(Equal(left, right)),
            "<" => Order(BinaryOperator.Less, "lessThan", left, right),
            "<=" => Order(BinaryOperator.LessOrEqual, "lessThanOrEqual", left, right),
            ">" => Order(BinaryOperator.Greater, "greaterThan", left, right),
            ">=" => Order(BinaryOperator.GreaterOrEqual, "greaterThanOrEqual", left, right),
            "in" => In(left, right),
            "not in" => Not(In(left, right)),
            "contains" => Contains(left, right),
            "startsWith" => Like(left, right, text => [text, ""]),
            "endsWith" => Like(left, right, text => ["", text]),
            _ => (null, $"'{word}' is no operator here"),
        };
        return made is null ? null : new Term(made, TermType.Truth, left.At);
    }

    private static (Expr?, string) Not((Expr? Made, string Error) positive) =>
        positive.Made is { } made ? (new UnaryExpr(UnaryOperator.Not, made), "") : positive;

    private static (Expr?, string) Equal(Term left, Term right)
    {
        if (left.IsLiteral)
            (left, right) = (right, left);
        if (right.Type == TermType.List || left.Type == TermType.Texts || right.Type == TermType.Texts)
            return (null, "a list is not equal to anything: write 'in' or 'contains'");
        if (left.Type != TermType.Any && right.Type != TermType.Any && left.Type != right.Type)
            return (null, $"{left.Kind} is never {right.Kind}");
        if (right.Literal is null)
            return (new BinaryExpr(BinaryOperator.Equal, left.Expr, right.Expr), "");
        return (right.Type switch
        {
            TermType.Truth => right.Literal == "true" ? new BinaryExpr(BinaryOperator.And, left.Expr, right.Expr) : new UnaryExpr(UnaryOperator.Not, left.Expr),
            _ when left.Type != TermType.Any => new BinaryExpr(BinaryOperator.Equal, left.Expr, right.Expr),
            TermType.Text => new LikeExpr(left.Expr, new LikePattern([right.Literal])),
            TermType.Whole => Both(
                new BinaryExpr(BinaryOperator.GreaterOrEqual, left.Expr, right.Expr), new BinaryExpr(BinaryOperator.LessOrEqual, left.Expr, right.Expr)),
            _ => Both(Call("greaterThanOrEqual", left.Expr, right.Expr), Call("lessThanOrEqual", left.Expr, right.Expr)),
        }, "");
    }

    private static (Expr?, string) Order(BinaryOperator order, string method, Term left, Term right)
    {
        foreach (var side in (ReadOnlySpan<Term>)[left, right])
        {
            if (side.Type is not (TermType.Whole or TermType.Fraction or TermType.Any))
                return (null, $"{side.Kind} is neither more nor less than anything: only numbers are ordered");
        }

        if (left.Type != TermType.Fraction && right.Type != TermType.Fraction)
            return (new BinaryExpr(order, left.Expr, right.Expr), "");
        return left.Type == TermType.Whole || right.Type == TermType.Whole
            ? (null, "a whole number is compared with a whole number: leave the point away")
            : (Call(method, left.Expr, right.Expr), "");
    }

    private static (Expr?, string) In(Term left, Term right)
    {
        if (right.Type == TermType.List)
            return InList(left, right);
        if (right.Type is not (TermType.Texts or TermType.Any))
            return (null, $"'in' looks into a list, and this is {right.Kind}; for a part of a text, write 'contains'");
        return right.Type == TermType.Texts && left.Type is not (TermType.Text or TermType.Any)
            ? (null, $"the list holds texts, never {left.Kind}")
            : left.Type is TermType.Texts or TermType.List
                ? (null, "a list is not in a list")
                : (new BinaryExpr(BinaryOperator.Contains, right.Expr, left.Expr), "");
    }

    private static (Expr?, string) InList(Term left, Term list)
    {
        if (list.Items.Length is 0 or > MaxItems)
            return (null, $"a list has 1 to {MaxItems} elements, or nothing is ever in it");
        if (list.Items.Any(item => item.Type != list.Items[0].Type))
            return (null, "the elements of a list are all texts, or all whole numbers, or all numbers with decimals");
        if (left.Type == TermType.Any)
        {
            Expr? any = null;
            foreach (var item in list.Items)
            {
                var (one, error) = Equal(left, item);
                if (one is null)
                    return (null, error);
                any = any is null ? one : new BinaryExpr(BinaryOperator.Or, any, one);
            }

            return (any, "");
        }

        return left.Type != list.Items[0].Type
            ? (null, $"{left.Kind} is never {list.Items[0].Kind}")
            : (new BinaryExpr(BinaryOperator.Contains, new SetExpr([.. list.Items.Select(item => item.Expr)]), left.Expr), "");
    }

    private static (Expr?, string) Contains(Term left, Term right) => left.Type switch
    {
        TermType.Texts or TermType.List => In(right, left),
        _ => Like(left, right, text => ["", text, ""]),
    };

    private static (Expr?, string) Like(Term left, Term right, Func<string, ImmutableArray<string>> pattern)
    {
        if (left.Type is not (TermType.Text or TermType.Any))
            return (null, $"{left.Kind} has no parts to compare: expected a text");
        return right is { Type: TermType.Text, Literal: { Length: > 0 } text }
            ? (new LikeExpr(left.Expr, new LikePattern(pattern(text))), "")
            : (null, "what is looked for has to be written out: a text of at least one character");
    }

    private static BinaryExpr Both(Expr one, Expr other) => new(BinaryOperator.And, one, other);

    private static CallExpr Call(string method, Expr left, Expr right) => new(Function(method), [left, right]);

    /// <summary>A function of Cedar that is there.</summary>
    public static ExtensionFunction Function(string name) =>
        ExtensionFunction.TryFind(name, out var function) ? function : throw new InvalidOperationException($"Cedar has no function '{name}'");
}
