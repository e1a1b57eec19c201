using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Writ.Cedar.Expressions;
using Writ.Cedar.Extensions;
using Writ.Cedar.Syntax;
using Writ.Cedar.Values;

namespace Writ.Cedar.Json;

/// <summary>Reads expressions of the JSON policy form: objects of one name, the operator.</summary>
internal sealed class ExprReader(JsonInput input)
{
    private readonly ValueReader _values = new(input);
    private int _depth;

    public Expr? Read(JsonNode node)
    {
        if (_depth == ParseOptions.HeightBound)
            return Fail(node, $"the expression is more than {ParseOptions.HeightBound} operations high: the limit guards the stack");
        if (input.Members(node, "an expression") is not { } members)
            return null;
        if (members is not [var (name, body)])
            return Fail(node, "an expression is an object with one name, its operator");
        _depth++;
        var expr = Operation(name, body);
        _depth--;

        // A value may be high itself, and the path of a `has` may have been written out.
        return expr is { Height: > ParseOptions.HeightBound }
            ? Fail(node, $"the expression is more than {ParseOptions.HeightBound} operations high: the limit guards the stack")
            : expr;
    }

    // Each operator has a method of its own: one frame with the locals of all would be what bounds the height.
    private Expr? Operation(string name, JsonNode body) => name switch
    {
        "Value" => Literal(body),
        "Var" => Variable(body),
        "Slot" => Fail(body, "a slot stands only in the scope of a template"),
        "!" or "neg" or "isEmpty" => Unary(name, body),
        "." => Attribute(body),
        "has" => Has(body),
        "like" => Like(body),
        "is" => Is(body),
        "if-then-else" => Choice(body),
        "Set" => List(body, Read) is { } elements ? new SetExpr(elements) : null,
        "Record" => Record(body, Read),
        _ => BinaryOrCall(name, body),
    };

    private UnaryExpr? Unary(string name, JsonNode body) =>
        Parts(body, "arg") is { } parts && Read(parts["arg"]) is { } operand ? new UnaryExpr(UnaryOperatorOf(name), operand) : null;

    private AttributeExpr? Attribute(JsonNode body) =>
        Parts(body, "left", "attr") is { } parts && Read(parts["left"]) is { } target && Name(parts["attr"]) is { } name ? new AttributeExpr(target, name) : null;

    private Expr? Has(JsonNode body) =>
        Parts(body, "left", "attr") is { } parts && Read(parts["left"]) is { } target ? Has(target, parts["attr"]) : null;

    private LikeExpr? Like(JsonNode body) =>
        Parts(body, "left", "pattern") is { } parts && Read(parts["left"]) is { } text && Pattern(parts["pattern"]) is { } pattern ? new LikeExpr(text, pattern) : null;

    private IfExpr? Choice(JsonNode body) =>
        Parts(body, "if", "then", "else") is { } parts && Read(parts["if"]) is { } condition && Read(parts["then"]) is { } then && Read(parts["else"]) is { } otherwise
            ? new IfExpr(condition, then, otherwise)
            : null;

    private Expr? BinaryOrCall(string name, JsonNode body)
    {
        if (BinaryOperatorOf(name) is { } op)
            return Binary(op, body);
        return ExtensionFunction.TryFind(name, out var function)
            ? Call(function, body, body, Read)
            : Fail(body, $"there is no operator or extension function {StringLiteral.Quote(name)}");
    }

    private BinaryExpr? Binary(BinaryOperator op, JsonNode body) =>
        Parts(body, "left", "right") is { } parts && Read(parts["left"]) is { } left && Read(parts["right"]) is { } right ? new BinaryExpr(op, left, right) : null;

    private Expr? Literal(JsonNode node)
    {
        if (_depth++ >= ParseOptions.HeightBound + input.Options.MaxValueDepth)
            return Fail(node, "the value is nested too deep: the limit guards the stack");
        Expr? expr = node.Kind switch
        {
            JsonValueKind.Array => List(node, Literal) is { } elements ? new SetExpr(elements) : null,
            JsonValueKind.Object => input.Members(node, "a value") switch
            {
                null => null,
                [{ Key: "__entity", Value: var escaped }] => _values.Entity(escaped) is { } uid ? new LiteralExpr(new EntityValue(uid)) : null,
                [{ Key: "__extn", Value: var escaped }] => _values.Extension(escaped) is var (function, arguments) ? Call(function, escaped, arguments, Literal) : null,
                [{ Key: "__expr", Value: var escaped }] => Fail(escaped, "the escape __expr is no longer part of Cedar: use __entity or __extn"),
                _ => Record(node, Literal),
            },
            _ => _values.Read(node) is { } value ? new LiteralExpr(value) : null,
        };
        _depth--;
        return expr;
    }

    private Expr? Variable(JsonNode node)
    {
        Variable? variable = input.String(node, "the name of a variable") switch
        {
            "principal" => Expressions.Variable.Principal,
            "action" => Expressions.Variable.Action,
            "resource" => Expressions.Variable.Resource,
            "context" => Expressions.Variable.Context,
            _ => null,
        };
        if (variable is { } known)
            return new VariableExpr(known);
        return node.Kind == JsonValueKind.String ? Fail(node, "the variables are principal, action, resource and context") : null;
    }

    private Expr? Has(Expr target, JsonNode node)
    {
        if (node.Kind != JsonValueKind.Array)
            return Name(node) is { } only ? new HasExpr(target, only) : null;
        if (List(node, item => Name(item)) is not { } path)
            return null;
        if (path.IsEmpty)
            return Fail(node, "a path has at least one name");
        if (path.Length == 1 || path.All(name => Identifier.IsUsable(name)))
            return new HasExpr(target, path);

        // Names that are no identifiers have no path in Cedar's syntax; the meaning of one is written out instead.
        Expr test = new HasExpr(target, path[0]);
        Expr holder = new AttributeExpr(target, path[0]);
        foreach (var name in path.AsSpan()[1..])
        {
            test = new BinaryExpr(BinaryOperator.And, test, new HasExpr(holder, name));
            holder = new AttributeExpr(holder, name);
        }

        return test;
    }

    private LikePattern? Pattern(JsonNode node)
    {
        if (!input.Array(node, "an array of \"Wildcard\" and {\"Literal\": text}"))
            return null;
        var pieces = ImmutableArray.CreateBuilder<string>();
        var piece = new StringBuilder();
        foreach (var item in node.Items())
        {
            if (item.Kind == JsonValueKind.String && item.Element.ValueEquals("Wildcard"))
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }
            else if (Parts(item, "Literal") is { } literal && input.String(literal["Literal"], "text") is { } text)
            {
                piece.Append(text);
            }
            else
            {
                return null;
            }
        }

        pieces.Add(piece.ToString());
        return new LikePattern(pieces.DrainToImmutable());
    }

    private IsExpr? Is(JsonNode body)
    {
        if (input.Object(body, "the operands", ["left", "entity_type"], ["in"]) is not { } parts
            || Read(parts["left"]) is not { } target || _values.EntityType(parts["entity_type"]) is not { } type)
        {
            return null;
        }

        if (!parts.TryGetValue("in", out var inside))
            return new IsExpr(target, type);
        return Read(inside) is { } container ? new IsExpr(target, type, container) : null;
    }

    private CallExpr? Call(ExtensionFunction function, JsonNode at, JsonNode arguments, Func<JsonNode, Expr?> read) =>
        input.Array(arguments, "an array of the arguments") ? Call(function, at, [.. arguments.Items()], read) : null;

    private CallExpr? Call(ExtensionFunction function, JsonNode at, List<JsonNode> nodes, Func<JsonNode, Expr?> read)
    {
        var arguments = ImmutableArray.CreateBuilder<Expr>();
        foreach (var node in nodes)
        {
            if (read(node) is not { } argument)
                return null;
            arguments.Add(argument);
        }

        if (!function.IsMethod || arguments.Count > 0)
            return new CallExpr(function, arguments.DrainToImmutable());
        input.Report(at, $"the method {function.Name} is called on something: its first argument");
        return null;
    }

    private RecordExpr? Record(JsonNode node, Func<JsonNode, Expr?> read)
    {
        if (input.Members(node, "an object of attributes") is not { } members)
            return null;
        var attributes = ImmutableArray.CreateBuilder<KeyValuePair<string, Expr>>();
        foreach (var (name, member) in members)
        {
            if (read(member) is not { } value)
                return null;
            attributes.Add(new KeyValuePair<string, Expr>(name, value));
        }

        return new RecordExpr(attributes.DrainToImmutable());
    }

    private ImmutableArray<T>? List<T>(JsonNode node, Func<JsonNode, T?> read)
        where T : class
    {
        if (!input.Array(node, "an array"))
            return null;
        var items = ImmutableArray.CreateBuilder<T>();
        foreach (var item in node.Items())
        {
            if (read(item) is not { } value)
                return null;
            items.Add(value);
        }

        return items.DrainToImmutable();
    }

    private Dictionary<string, JsonNode>? Parts(JsonNode node, params ReadOnlySpan<string> names) => input.Object(node, "the operands", names);

    private string? Name(JsonNode node) => input.String(node, "the name of an attribute");

    private Expr? Fail(JsonNode node, string message)
    {
        input.Report(node, message);
        return null;
    }

    private static UnaryOperator UnaryOperatorOf(string name) => name switch
    {
        "!" => UnaryOperator.Not,
        "neg" => UnaryOperator.Negate,
        _ => UnaryOperator.IsEmpty,
    };

    private static BinaryOperator? BinaryOperatorOf(string name)
    {
        foreach (var op in Enum.GetValues<BinaryOperator>())
        {
            if (OperatorTable.Symbol(op) == name)
                return op;
        }

        return null;
    }
}
