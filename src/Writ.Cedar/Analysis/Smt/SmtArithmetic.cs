using Writ.Cedar.Expressions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Analysis.Smt;

/// <summary>
/// Comparisons of sums, differences and products, which case analysis does not look into. Exact: they evaluate where every place is an integer
/// and no step leaves 64 bits.
/// </summary>
internal sealed class SmtArithmetic(RequestSpace space, SmtPlaces places)
{
    private readonly OperandReader _operands = new(space);

    /// <summary>When a comparison evaluates and, where it does, when it holds; null for any other expression.</summary>
    public (string Evaluates, string Holds)? Of(Expr expr)
    {
        if (expr is not BinaryExpr { Operator: BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual or BinaryOperator.Equal } binary
            || !(IsSum(binary.Left) || IsSum(binary.Right)))
        {
            return null;
        }

        // An equality of a sum and a place is false, and no fault, where the place is no integer: left to itself.
        if (binary.Operator == BinaryOperator.Equal && !(IsInteger(binary.Left) && IsInteger(binary.Right)))
            return null;
        var conditions = new List<string>();
        if (Number(binary.Left, conditions) is not { } left || Number(binary.Right, conditions) is not { } right)
            return null;
        var symbol = binary.Operator switch { BinaryOperator.Less => "<", BinaryOperator.LessOrEqual => "<=", BinaryOperator.Greater => ">", BinaryOperator.GreaterOrEqual => ">=", _ => "=" };
        return (SmtText.Both(conditions), $"({symbol} {left} {right})");
    }

    private static bool IsSum(Expr expr) => expr is BinaryExpr { Operator: BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply } or UnaryExpr { Operator: UnaryOperator.Negate };

    private bool IsInteger(Expr expr) => IsSum(expr) || _operands.Of(expr) is Meaning.Known { Value: LongValue };

    private string? Number(Expr expr, List<string> conditions)
    {
        switch (_operands.Of(expr))
        {
            case Meaning.Known { Value: LongValue number }:
                return SmtText.Of(number.Value);
            case Meaning.Read { Term: var term }:
                conditions.Add(SmtText.Both([places.Stands(term, Access.Readable), places.IsOf(term, ValueTypes.Long)]));
                return $"(long {places.Value(term)})";
            case Meaning.Known or Meaning.Failing:
                return null;
        }

        switch (expr)
        {
            case BinaryExpr { Operator: BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply } binary
                when Number(binary.Left, conditions) is { } left && Number(binary.Right, conditions) is { } right:
                return Fitting($"({binary.Operator switch { BinaryOperator.Add => "+", BinaryOperator.Subtract => "-", _ => "*" }} {left} {right})", conditions);
            case UnaryExpr { Operator: UnaryOperator.Negate } minus when Number(minus.Operand, conditions) is { } operand:
                return Fitting($"(- {operand})", conditions);
            default:
                return null;
        }
    }

    private static string Fitting(string number, List<string> conditions)
    {
        conditions.Add($"(<= {SmtText.Of(long.MinValue)} {number} {SmtText.Of(long.MaxValue)})");
        return number;
    }
}
