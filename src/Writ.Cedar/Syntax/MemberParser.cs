using System.Collections.Immutable;
using System.Globalization;
using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;
using Writ.Cedar.Extensions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Syntax;

/// <summary>Parses what binds tightest: literals, variables, names, brackets, and the accesses and calls that follow them.</summary>
internal sealed class MemberParser(TokenStream tokens)
{
    /// <summary>A literal, variable, bracket or call with its accesses; null after a report.</summary>
    public Expr? Parse(ExprParser expressions) => Primary(expressions) is { } head ? Accesses(head, expressions) : null;

    /// <summary>The accesses and method calls that follow an expression.</summary>
    public Expr? Accesses(Expr head, ExprParser expressions)
    {
        var expr = head;
        while (expr is not null)
        {
            if (tokens.Accept("."))
            {
                var at = tokens.Position;
                if (AttributeName() is not { } name)
                    return null;
                expr = tokens.Is("(") ? Method(expr, name, at, expressions) : new AttributeExpr(expr, name) { Position = head.Position };
            }
            else if (tokens.Accept("["))
            {
                if (tokens.Current.Kind != TokenKind.String)
                {
                    tokens.Unexpected("the name of an attribute in double quotes");
                    return null;
                }

                if (String() is not { } name || !tokens.Expect("]"))
                    return null;
                expr = new AttributeExpr(expr, name) { Position = head.Position };
            }
            else if (tokens.Is("("))
            {
                tokens.Report("only functions and methods can be called");
                return null;
            }
            else
            {
                return expr;
            }

            expr = expr is null ? null : expressions.Checked(expr);
        }

        return null;
    }

    /// <summary>An identifier that can name an attribute.</summary>
    public string? AttributeName() => Name("the name of an attribute");

    /// <summary>The name of an entity type.</summary>
    public EntityTypeName? TypeName()
    {
        var at = tokens.Position;
        if (Path("the name of an entity type", out var beforeId) is not { } path)
            return null;
        if (!beforeId)
            return EntityTypeName.Parse(path);
        tokens.Report(at, "the name of a type is asked for here, not an entity");
        return null;
    }

    /// <summary>An entity such as <c>User::"alice"</c>.</summary>
    public EntityUid? Entity()
    {
        var at = tokens.Position;
        if (Path("an entity such as User::\"alice\"", out var beforeId) is not { } path)
            return null;
        if (beforeId)
            return String() is { } id ? new EntityUid(EntityTypeName.Parse(path), id) : null;
        tokens.Report(at, $"an entity is asked for here: write {path}::\"id\"");
        return null;
    }

    /// <summary>The value of the string at the current token.</summary>
    public string? String()
    {
        var token = tokens.Take();
        if (Escapes.Unescape(tokens.Text(token).AsSpan(1..^1), out var offset, out var problem) is { } text)
            return text;
        tokens.Report(token, offset + 1, problem);
        return null;
    }

    public static LiteralExpr? Integer(TokenStream tokens, Token token, bool negative)
    {
        if (Int128.TryParse((negative ? "-" : "") + tokens.Text(token), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= long.MinValue && number <= long.MaxValue)
        {
            return new LiteralExpr(new LongValue((long)number)) { Position = tokens.PositionOf(token) };
        }

        tokens.Report(token, 0, "an integer lies between -9223372036854775808 and 9223372036854775807");
        return null;
    }

    private Expr? Primary(ExprParser expressions)
    {
        var position = tokens.Position;
        switch (tokens.Current.Kind)
        {
            case TokenKind.Number:
                return Integer(tokens, tokens.Take(), negative: false);
            case TokenKind.String:
                return String() is { } text ? new LiteralExpr(new StringValue(text)) { Position = position } : null;
            case TokenKind.Identifier when tokens.Accept("true"):
                return new LiteralExpr(BoolValue.True) { Position = position };
            case TokenKind.Identifier when tokens.Accept("false"):
                return new LiteralExpr(BoolValue.False) { Position = position };
            case TokenKind.Identifier when tokens.Is("if"):
                tokens.Report("an `if` inside an expression stands in parentheses");
                return null;
            case TokenKind.Identifier:
                return Named(position, expressions);
            case TokenKind.Slot:
                tokens.Report("a slot stands only in the scope of a template");
                return null;
            case TokenKind.Symbol when tokens.Is("("):
                return Bracketed(")", expressions.Parse);
            case TokenKind.Symbol when tokens.Is("["):
                return Bracketed("]", () => List("]", expressions) is { } elements ? new SetExpr(elements) { Position = position } : null);
            case TokenKind.Symbol when tokens.Is("{"):
                return Bracketed("}", () => Attributes(expressions) is { } attributes ? new RecordExpr(attributes) { Position = position } : null);
            case TokenKind.Symbol when tokens.Is("!") || tokens.Is("-"):
                tokens.Report("signs do not mix: put the signed operand in parentheses");
                return null;
            default:
                tokens.Unexpected("an expression");
                return null;
        }
    }

    private Expr? Bracketed(string close, Func<Expr?> parse)
    {
        if (!tokens.Enter())
            return null;
        tokens.Take();
        if (parse() is not { } inner || !tokens.Expect(close))
            return null;
        tokens.Leave();
        return inner;
    }

    // A variable, an entity or the name of a function.
    private Expr? Named(SourcePosition position, ExprParser expressions)
    {
        if (Path("an expression", out var beforeId) is not { } path)
            return null;
        if (beforeId)
            return String() is { } id ? new LiteralExpr(new EntityValue(new EntityUid(EntityTypeName.Parse(path), id))) { Position = position } : null;
        Variable? variable = path switch
        {
            "principal" => Variable.Principal,
            "action" => Variable.Action,
            "resource" => Variable.Resource,
            "context" => Variable.Context,
            _ => null,
        };
        if (variable is { } known)
            return new VariableExpr(known) { Position = position };
        if (!tokens.Is("("))
        {
            tokens.Report(position, $"`{path}` is not a variable; those are principal, action, resource and context, and an entity is written {path}::\"id\"");
            return null;
        }

        if (ExtensionFunction.TryFind(path, out var function) && !function.IsMethod)
            return Call(function, [], position, expressions);
        tokens.Report(position, function is not null || OperatorTable.Method(path) is not null || path == "isEmpty"
            ? $"`{path}` is a method: write x.{path}(...)"
            : $"there is no function `{path}`; there are {string.Join(", ", ExtensionFunction.All.Where(f => !f.IsMethod).Select(f => f.Name).Order(StringComparer.Ordinal))}");
        return null;
    }

    private Expr? Method(Expr target, string name, SourcePosition at, ExprParser expressions)
    {
        if (ExtensionFunction.TryFind(name, out var function) && function.IsMethod)
            return Call(function, [target], target.Position, expressions);
        var op = OperatorTable.Method(name);
        if (op is null && name != "isEmpty")
        {
            tokens.Report(at, function is not null ? $"`{name}` is a function: write {name}(...)" : $"there is no method `{name}`");
            return null;
        }

        if (Arguments(expressions) is not { } arguments)
            return null;
        var arity = op is null ? 0 : 1;
        if (arguments.Length != arity)
        {
            tokens.Report(at, $"`{name}` takes {(arity == 0 ? "no argument" : "one argument")} in its parentheses, and got {arguments.Length}");
            return null;
        }

        return op is { } known
            ? new BinaryExpr(known, target, arguments[0]) { Position = target.Position }
            : new UnaryExpr(UnaryOperator.IsEmpty, target) { Position = target.Position };
    }

    private CallExpr? Call(ExtensionFunction function, ImmutableArray<Expr> before, SourcePosition position, ExprParser expressions) =>
        Arguments(expressions) is { } arguments ? new CallExpr(function, before.AddRange(arguments)) { Position = position } : null;

    private ImmutableArray<Expr>? Arguments(ExprParser expressions)
    {
        if (!tokens.Enter())
            return null;
        tokens.Take();
        if (List(")", expressions) is not { } arguments || !tokens.Expect(")"))
            return null;
        tokens.Leave();
        return arguments;
    }

    // Expressions up to the closing bracket, which is left; a comma may stand before it.
    private ImmutableArray<Expr>? List(string close, ExprParser expressions)
    {
        var items = ImmutableArray.CreateBuilder<Expr>();
        while (!tokens.Is(close))
        {
            if (expressions.Parse() is not { } item)
                return null;
            items.Add(item);
            if (!tokens.Is(close) && !tokens.Accept(","))
            {
                tokens.Unexpected("`,`", $"`{close}`");
                return null;
            }
        }

        return items.DrainToImmutable();
    }

    private ImmutableArray<KeyValuePair<string, Expr>>? Attributes(ExprParser expressions)
    {
        var attributes = ImmutableArray.CreateBuilder<KeyValuePair<string, Expr>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!tokens.Is("}"))
        {
            var at = tokens.Position;
            if ((tokens.Current.Kind == TokenKind.String ? String() : Name("the name of an attribute, with or without quotes")) is not { } name)
                return null;
            if (!names.Add(name))
            {
                tokens.Report(at, $"the record has the attribute {StringLiteral.Quote(name)} already");
                return null;
            }

            if (!tokens.Expect(":") || expressions.Parse() is not { } value)
                return null;
            attributes.Add(new KeyValuePair<string, Expr>(name, value));
            if (!tokens.Is("}") && !tokens.Accept(","))
            {
                tokens.Unexpected("`,`", "`}`");
                return null;
            }
        }

        return attributes.DrainToImmutable();
    }

    // Identifiers joined by ::, and whether a last :: was taken behind which stands the id of an entity.
    private string? Path(string expected, out bool beforeId)
    {
        beforeId = false;
        if (Name(expected) is not { } first)
            return null;
        List<string> parts = [first];
        while (tokens.Accept("::"))
        {
            beforeId = tokens.Current.Kind == TokenKind.String;
            if (beforeId)
                break;
            if (Name("an identifier, or an id in double quotes") is not { } next)
                return null;
            parts.Add(next);
        }

        return parts.Count == 1 ? first : string.Join("::", parts);
    }

    private string? Name(string expected)
    {
        if (tokens.Current.Kind != TokenKind.Identifier)
        {
            tokens.Unexpected(expected);
            return null;
        }

        if (!Identifier.IsReserved(tokens.CurrentText))
            return tokens.Text(tokens.Take());
        tokens.Report($"`{tokens.CurrentText}` is reserved: as the name of an attribute it stands in quotes, x[\"{tokens.CurrentText}\"]");
        return null;
    }
}
