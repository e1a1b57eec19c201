using System.Text.Json;
using Writ.Cedar.Expressions;
using Writ.Cedar.Syntax;
using Writ.Cedar.Values;

namespace Writ.Cedar.Json;

/// <summary>Writes expressions of the JSON policy form.</summary>
internal sealed class ExprWriter(Utf8JsonWriter json)
{
    public void Write(Expr expr)
    {
        json.WriteStartObject();
        switch (expr)
        {
            case LiteralExpr literal:
                json.WritePropertyName("Value");
                Literal(literal.Value);
                break;
            case VariableExpr variable:
                json.WriteString("Var", expr.ToString());
                break;
            case UnaryExpr unary:
                Operands(unary.Operator switch { UnaryOperator.Not => "!", UnaryOperator.Negate => "neg", _ => "isEmpty" }, ("arg", unary.Operand));
                break;
            case BinaryExpr binary:
                Operands(OperatorTable.Symbol(binary.Operator), ("left", binary.Left), ("right", binary.Right));
                break;
            case IfExpr choice:
                Operands("if-then-else", ("if", choice.Condition), ("then", choice.Then), ("else", choice.Else));
                break;
            case AttributeExpr attribute:
                Start(".", attribute.Target);
                json.WriteString("attr", attribute.Name);
                json.WriteEndObject();
                break;
            case HasExpr has:
                Has(has);
                break;
            case LikeExpr like:
                Like(like);
                break;
            case IsExpr type:
                Start("is", type.Target);
                json.WriteString("entity_type", type.Type.Value);
                if (type.Container is not null)
                    Member("in", type.Container);
                json.WriteEndObject();
                break;
            case SetExpr set:
                Array("Set", set.Elements.AsSpan());
                break;
            case RecordExpr record:
                json.WriteStartObject("Record");
                foreach (var (name, value) in record.Attributes)
                    Member(name, value);
                json.WriteEndObject();
                break;
            case CallExpr call:
                Array(call.Function.Name, call.Arguments.AsSpan());
                break;
        }

        json.WriteEndObject();
    }

    private void Literal(Value value)
    {
        switch (value)
        {
            case BoolValue b:
                json.WriteBooleanValue(b.Value);
                break;
            case LongValue l:
                json.WriteNumberValue(l.Value);
                break;
            case StringValue s:
                json.WriteStringValue(s.Value);
                break;
            case EntityValue e:
                json.WriteStartObject();
                json.WritePropertyName("__entity");
                PolicyWriter.Write(json, e.Uid);
                json.WriteEndObject();
                break;
        }
    }

    private void Has(HasExpr has)
    {
        Start("has", has.Target);
        if (has.Path.Length == 1)
        {
            json.WriteString("attr", has.Path[0]);
        }
        else
        {
            json.WriteStartArray("attr");
            foreach (var name in has.Path)
                json.WriteStringValue(name);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void Like(LikeExpr like)
    {
        Start("like", like.Target);
        json.WriteStartArray("pattern");
        for (var i = 0; i < like.Pattern.Pieces.Length; i++)
        {
            if (i > 0)
                json.WriteStringValue("Wildcard");
            if (like.Pattern.Pieces[i].Length == 0)
                continue;
            json.WriteStartObject();
            json.WriteString("Literal", like.Pattern.Pieces[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Start(string name, Expr left)
    {
        json.WriteStartObject(name);
        Member("left", left);
    }

    private void Operands(string name, params ReadOnlySpan<(string Name, Expr Value)> operands)
    {
        json.WriteStartObject(name);
        foreach (var (operand, value) in operands)
            Member(operand, value);
        json.WriteEndObject();
    }

    private void Array(string name, ReadOnlySpan<Expr> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            Write(item);
        json.WriteEndArray();
    }

    private void Member(string name, Expr value)
    {
        json.WritePropertyName(name);
        Write(value);
    }
}
