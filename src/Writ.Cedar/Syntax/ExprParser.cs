using System.Collections.Immutable;
using Writ.Cedar.Expressions;

namespace Writ.Cedar.Syntax;

/// <summary>Parses expressions. Operators climb by precedence, so that one bracket costs few frames of the stack.</summary>
internal sealed class ExprParser(TokenStream tokens)
{
    private const int MaxRepeatedSigns = 4;

    private readonly MemberParser _member = new(tokens);

    /// <summary>An expression; null after a report.</summary>
    public Expr? Parse()
    {
        if (!tokens.Is("if"))
            return Climb(OperatorTable.Loosest);
        var position = tokens.Position;
        tokens.Take();
        if (!tokens.Enter() || Parse() is not { } condition || !tokens.Expect("then") || Parse() is not { } then || !tokens.Expect("else") || Parse() is not { } otherwise)
            return null;
        tokens.Leave();
        return Checked(new IfExpr(condition, then, otherwise) { Position = position });
    }

    /// <summary>The expression, unless it has grown too high; then null after a report.</summary>
    public Expr? Checked(Expr expr)
    {
        if (expr.Height <= tokens.Options.MaxHeight)
            return expr;
        tokens.Report($"the expression is more than {tokens.Options.MaxHeight} operations high: the limit guards the stack");
        return null;
    }

    private Expr? Climb(int loosest)
    {
        if (Unary() is not { } left)
            return null;
        var compared = false;
        while (OperatorTable.Level(tokens) is var level && level >= loosest)
        {
            if (compared && level == OperatorTable.Relation)
            {
                tokens.Report("comparisons do not chain: say with parentheses which comes first");
                return null;
            }

            compared = level == OperatorTable.Relation;
            var next = compared ? Relation(left) : Operation(left, level);
            if (next is null || Checked(next) is not { } grown)
                return null;
            left = grown;
        }

        return left;
    }

    private BinaryExpr? Operation(Expr left, int level)
    {
        if (OperatorTable.Find(tokens) is not { } found)
        {
            tokens.Report(tokens.Is("/") ? "Cedar has no division" : "Cedar has no remainder");
            return null;
        }

        tokens.Take();
        return Climb(level + 1) is { } right ? new BinaryExpr(found, left, right) { Position = left.Position } : null;
    }

    private Expr? Relation(Expr left)
    {
        if (tokens.Accept("has"))
            return HasPath() is { } path ? new HasExpr(left, path) { Position = left.Position } : null;
        if (tokens.Accept("like"))
            return Pattern() is { } pattern ? new LikeExpr(left, pattern) { Position = left.Position } : null;
        if (tokens.Accept("is"))
            return Is(left);
        if (OperatorTable.Find(tokens) is not { } found)
        {
            tokens.Report("equality is written ==");
            return null;
        }

        tokens.Take();
        return Climb(OperatorTable.Relation + 1) is { } right ? new BinaryExpr(found, left, right) { Position = left.Position } : null;
    }

    private ImmutableArray<string>? HasPath()
    {
        if (tokens.Current.Kind == TokenKind.String)
            return _member.String() is { } name ? [name] : null;
        var path = ImmutableArray.CreateBuilder<string>();
        do
        {
            if (_member.AttributeName() is not { } name)
                return null;
            path.Add(name);
        }
        while (tokens.Accept("."));
        return path.DrainToImmutable();
    }

    private LikePattern? Pattern()
    {
        if (tokens.Current.Kind != TokenKind.String)
        {
            tokens.Unexpected("a pattern in double quotes");
            return null;
        }

        var token = tokens.Take();
        if (Escapes.UnescapePattern(tokens.Text(token).AsSpan(1..^1), out var offset, out var problem) is { } pieces)
            return new LikePattern([.. pieces]);
        tokens.Report(token, offset + 1, problem);
        return null;
    }

    private IsExpr? Is(Expr left)
    {
        if (_member.TypeName() is not { } type)
            return null;
        Expr? container = null;
        if (tokens.Accept("in") && (container = Climb(OperatorTable.Relation + 1)) is null)
            return null;
        return new IsExpr(left, type, container) { Position = left.Position };
    }

    private Expr? Unary()
    {
        var sign = tokens.Is("!") ? "!" : tokens.Is("-") ? "-" : null;
        if (sign is null)
            return _member.Parse(this);

        var position = tokens.Position;
        var count = 0;
        for (; tokens.Is(sign); count++)
        {
            if (count == MaxRepeatedSigns)
            {
                tokens.Report($"at most {MaxRepeatedSigns} `{sign}` follow each other");
                return null;
            }

            tokens.Take();
        }

        Expr? operand;
        if (sign == "-" && tokens.Current.Kind == TokenKind.Number)
        {
            // A minus right before a number belongs to it, which is the only way to write the smallest integer.
            var number = tokens.Take();
            if (tokens.Is(".") || tokens.Is("[") || tokens.Is("("))
            {
                operand = MemberParser.Integer(tokens, number, negative: false) is { } plain ? _member.Accesses(plain, this) : null;
            }
            else
            {
                operand = MemberParser.Integer(tokens, number, negative: true) is { } literal ? literal with { Position = position } : null;
                count--;
            }
        }
        else
        {
            operand = _member.Parse(this);
        }

        for (; operand is not null && count > 0; count--)
            operand = Checked(new UnaryExpr(sign == "!" ? UnaryOperator.Not : UnaryOperator.Negate, operand) { Position = position });
        return operand;
    }
}
