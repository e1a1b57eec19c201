using System.Text;
using Writ.Cedar.Expressions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Syntax;

/// <summary>Writes expressions, with parentheses where the levels of <see cref="OperatorTable"/> ask for them.</summary>
internal sealed class ExprPrinter(StringBuilder text)
{
    // An `if` binds loosest of all and stands bare only as a whole expression.
    private const int If = OperatorTable.Loosest - 1;

    /// <summary>Writes an expression that stands alone.</summary>
    public void Print(Expr expr) => Bare(expr);

    // Writes an expression where operators of this level or a tighter one may stand bare.
    private void Print(Expr expr, int level)
    {
        var bracket = LevelOf(expr) < level;
        text.Append(bracket ? "(" : "");
        Bare(expr);
        text.Append(bracket ? ")" : "");
    }

    private static int LevelOf(Expr expr) => expr switch
    {
        IfExpr => If,
        BinaryExpr binary => OperatorTable.Level(binary.Operator),
        HasExpr or LikeExpr or IsExpr => OperatorTable.Relation,
        UnaryExpr { Operator: UnaryOperator.Not or UnaryOperator.Negate } => OperatorTable.Sign,
        LiteralExpr { Value: LongValue { Value: < 0 } } => OperatorTable.Sign,
        _ => OperatorTable.Member,
    };

    private void Bare(Expr expr)
    {
        switch (expr)
        {
            case LiteralExpr literal:
                text.Append(ValueText.Of(literal.Value));
                break;
            case VariableExpr variable:
                text.Append(NameOf(variable.Variable));
                break;
            case UnaryExpr unary:
                Unary(unary);
                break;
            case BinaryExpr binary:
                Binary(binary);
                break;
            case IfExpr choice:
                Choice(choice);
                break;
            case AttributeExpr attribute:
                Attribute(attribute);
                break;
            case HasExpr has:
                Print(has.Target, OperatorTable.Sum);
                Path(has);
                break;
            case LikeExpr like:
                Print(like.Target, OperatorTable.Sum);
                text.Append(" like ").Append(CedarText.Print(like.Pattern));
                break;
            case IsExpr type:
                Is(type);
                break;
            case SetExpr set:
                text.Append('[');
                List(set.Elements.AsSpan());
                text.Append(']');
                break;
            case RecordExpr record:
                Record(record);
                break;
            case CallExpr call:
                Call(call);
                break;
        }
    }

    private void Choice(IfExpr choice)
    {
        text.Append("if ");
        Print(choice.Condition, If);
        text.Append(" then ");
        Print(choice.Then, If);
        text.Append(" else ");
        Print(choice.Else, If);
    }

    private void Attribute(AttributeExpr attribute)
    {
        Print(attribute.Target, OperatorTable.Member);
        if (Identifier.IsUsable(attribute.Name))
            text.Append('.').Append(attribute.Name);
        else
            text.Append('[').Append(StringLiteral.Quote(attribute.Name)).Append(']');
    }

    private void Path(HasExpr has) => text.Append(" has ").AppendJoin('.', has.Path.Select(NameOrQuoted));

    private void Is(IsExpr type)
    {
        Print(type.Target, OperatorTable.Sum);
        text.Append(" is ").Append(type.Type);
        if (type.Container is null)
            return;
        text.Append(" in ");
        Print(type.Container, OperatorTable.Sum);
    }

    private void Unary(UnaryExpr unary)
    {
        if (unary.Operator == UnaryOperator.IsEmpty)
        {
            Print(unary.Operand, OperatorTable.Member);
            text.Append(".isEmpty()");
            return;
        }

        // The parentheses keep the minus from becoming part of a number.
        text.Append(unary.Operator == UnaryOperator.Not ? '!' : '-');
        if (unary is { Operator: UnaryOperator.Negate, Operand: LiteralExpr })
        {
            text.Append('(');
            Bare(unary.Operand);
            text.Append(')');
        }
        else
        {
            Print(unary.Operand, OperatorTable.Member);
        }
    }

    private void Binary(BinaryExpr binary)
    {
        var level = OperatorTable.Level(binary.Operator);
        if (level == OperatorTable.Member)
        {
            Print(binary.Left, OperatorTable.Member);
            text.Append('.').Append(OperatorTable.Symbol(binary.Operator)).Append('(');
            Print(binary.Right, If);
            text.Append(')');
            return;
        }

        // Chains group to the left; comparisons do not chain.
        Print(binary.Left, level == OperatorTable.Relation ? level + 1 : level);
        text.Append(' ').Append(OperatorTable.Symbol(binary.Operator)).Append(' ');
        Print(binary.Right, level + 1);
    }

    private void Record(RecordExpr record)
    {
        text.Append('{');
        for (var i = 0; i < record.Attributes.Length; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(NameOrQuoted(record.Attributes[i].Key)).Append(": ");
            Print(record.Attributes[i].Value, If);
        }

        text.Append('}');
    }

    private void Call(CallExpr call)
    {
        var arguments = call.Arguments.AsSpan();
        if (call.Function.IsMethod)
        {
            Print(arguments[0], OperatorTable.Member);
            text.Append('.');
            arguments = arguments[1..];
        }

        text.Append(call.Function.Name).Append('(');
        List(arguments);
        text.Append(')');
    }

    private void List(ReadOnlySpan<Expr> items)
    {
        for (var i = 0; i < items.Length; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Print(items[i], If);
        }
    }

    private static string NameOrQuoted(string name) => Identifier.IsUsable(name) ? name : StringLiteral.Quote(name);

    private static string NameOf(Variable variable) => variable switch
    {
        Variable.Principal => "principal",
        Variable.Action => "action",
        Variable.Resource => "resource",
        _ => "context",
    };
}
