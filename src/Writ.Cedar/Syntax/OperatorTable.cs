using Writ.Cedar.Expressions;

namespace Writ.Cedar.Syntax;

/// <summary>How tightly operators bind: <c>||</c>, <c>&amp;&amp;</c>, comparisons, sums, products. Signs and members bind tighter still.</summary>
internal static class OperatorTable
{
    public const int Loosest = 0;
    public const int And = 1;
    public const int Relation = 2;
    public const int Sum = 3;
    public const int Product = 4;
    public const int Sign = 5;
    public const int Member = 6;

    private const int None = -1;

    /// <summary>The level of the operator at the current token, those that Cedar refuses included; -1 when there is none.</summary>
    public static int Level(TokenStream tokens) => tokens.Current.Kind is not (TokenKind.Symbol or TokenKind.Identifier) ? None : tokens.CurrentText switch
    {
        "||" => Loosest,
        "&&" => And,
        "==" or "!=" or "<" or "<=" or ">" or ">=" or "in" or "has" or "like" or "is" or "=" => Relation,
        "+" or "-" => Sum,
        "*" or "/" or "%" => Product,
        _ => None,
    };

    /// <summary>The operator at the current token; null when it is not one between two expressions.</summary>
    public static BinaryOperator? Find(TokenStream tokens) => tokens.CurrentText switch
    {
        "||" => BinaryOperator.Or,
        "&&" => BinaryOperator.And,
        "==" => BinaryOperator.Equal,
        "!=" => BinaryOperator.NotEqual,
        "<" => BinaryOperator.Less,
        "<=" => BinaryOperator.LessOrEqual,
        ">" => BinaryOperator.Greater,
        ">=" => BinaryOperator.GreaterOrEqual,
        "in" => BinaryOperator.In,
        "+" => BinaryOperator.Add,
        "-" => BinaryOperator.Subtract,
        "*" => BinaryOperator.Multiply,
        _ => null,
    };

    /// <summary>The operator in Cedar's syntax; of a method, its name.</summary>
    public static string Symbol(BinaryOperator op) => op switch
    {
        BinaryOperator.Or => "||",
        BinaryOperator.And => "&&",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.In => "in",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Contains => "contains",
        BinaryOperator.ContainsAll => "containsAll",
        BinaryOperator.ContainsAny => "containsAny",
        BinaryOperator.GetTag => "getTag",
        BinaryOperator.HasTag => "hasTag",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The level at which the operator is printed; <see cref="Member"/> for the methods.</summary>
    public static int Level(BinaryOperator op) => op switch
    {
        BinaryOperator.Or => Loosest,
        BinaryOperator.And => And,
        <= BinaryOperator.In => Relation,
        BinaryOperator.Add or BinaryOperator.Subtract => Sum,
        BinaryOperator.Multiply => Product,
        _ => Member,
    };

    /// <summary>The operator that a method of one argument stands for; null when the name is not one.</summary>
    public static BinaryOperator? Method(string name) => name switch
    {
        "contains" => BinaryOperator.Contains,
        "containsAll" => BinaryOperator.ContainsAll,
        "containsAny" => BinaryOperator.ContainsAny,
        "getTag" => BinaryOperator.GetTag,
        "hasTag" => BinaryOperator.HasTag,
        _ => null,
    };
}
