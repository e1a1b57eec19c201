using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Writ.Cedar.Expressions;

namespace Writ.Governance.Policies.Authoring.Conditions;

/// <summary>
/// Reads a condition of the YAML form: <c>or</c> binds weakest, then <c>and</c>, then <c>not</c>, then one comparison. Whatever it
/// cannot express is a fault that names the construct. At most 4,096 characters and 32 levels.
/// </summary>
internal sealed class ConditionParser
{
    private const int MaxLength = 4_096;
    private const int MaxDepth = 32;

    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
        ["and", "or", "not", "in", "has", "contains", "startsWith", "endsWith", "true", "false"], StringComparer.Ordinal);

    private static readonly string[] Operators = ["==", "!=", "<=", ">=", "<", ">", "in", "contains", "startsWith", "endsWith"];

    private readonly List<Token> _tokens;
    private int _next;
    private int _depth;
    private ConditionFault? _fault;

    private ConditionParser(List<Token> tokens) => _tokens = tokens;

    /// <summary>Whether a word is part of the language, and no name.</summary>
    public static bool IsReserved(string word) => Reserved.Contains(word);

    /// <summary>The condition in Cedar, or null and what is wrong.</summary>
    public static Expr? Parse(string text, out ConditionFault? fault)
    {
        if (text.Length > MaxLength)
        {
            fault = new ConditionFault(0, $"has {text.Length} characters; a condition has at most {MaxLength}");
            return null;
        }

        if (Tokenizer.Read(text, out fault) is not { } tokens)
            return null;
        var parser = new ConditionParser(tokens);
        var whole = parser.ReadTruth(parser.ReadOr);
        if (whole is not null && parser.Peek.Kind != TokenKind.End)
            whole = parser.Unexpected("'and', 'or' or the end");
        fault = parser._fault;
        return whole?.Expr;
    }

    private Token Peek => _tokens[_next];

    private Term? ReadOr() => ReadChain("or", "||", BinaryOperator.Or, ReadAnd);

    private Term? ReadAnd() => ReadChain("and", "&&", BinaryOperator.And, ReadNot);

    private Term? ReadChain(string word, string symbol, BinaryOperator operation, Func<Term?> part)
    {
        var left = part();
        while (left is not null && (Peek.IsWord(word) || Peek.Is(symbol)))
        {
            var at = Take().At;
            if (Truth(left) is null || ReadTruth(part) is not { } right)
                return null;
            left = new Term(new BinaryExpr(operation, left.Expr, right.Expr), TermType.Truth, left.At);
            if (left.Expr.Height > 8 * MaxDepth)
                return Wrong(at, "the condition is too long: split it into rules, or use a list with 'in'");
        }

        return left;
    }

    private Term? ReadNot()
    {
        if (!Peek.IsWord("not") && !Peek.Is("!"))
            return ReadComparison();
        var at = Take().At;
        return Deeper(at, () => ReadTruth(ReadNot) is { } operand ? new Term(new UnaryExpr(UnaryOperator.Not, operand.Expr), TermType.Truth, at) : null);
    }

    private Term? ReadComparison()
    {
        if (ReadOperand() is not { } left)
            return null;
        if (Peek.IsWord("has"))
            return ReadHas(left);
        if (OperatorAhead() is not { } word)
        {
            return Peek.Kind == TokenKind.Word && Peek.Text is not ("and" or "or") && left.Type != TermType.Truth
                ? Wrong(Peek.At, $"{Peek} is no operator here: expected {string.Join(", ", Operators)}, has, and, or")
                : left;
        }

        var at = Take().At;
        if (word == "not in")
            Take();
        if (ReadOperand() is not { } right)
            return null;
        if (Comparisons.Make(word, left, right, out var error) is not { } comparison)
            return Wrong(at, error);
        return OperatorAhead() is null ? comparison : Wrong(Peek.At, $"a second comparison ({Peek}) follows the first: join the two with 'and'");
    }

    private string? OperatorAhead() =>
        Peek.IsWord("not") && _tokens[_next + 1].IsWord("in") ? "not in"
        : Peek.Kind is TokenKind.Symbol or TokenKind.Word && Operators.Contains(Peek.Text) ? Peek.Text
        : null;

    private Term? ReadHas(Term left)
    {
        var at = Take().At;
        if (left.Type is not (TermType.Record or TermType.Any))
            return Wrong(at, $"'has' asks for a member, and {left.Kind} has none: expected 'args has name'");
        if (Peek.Kind is not (TokenKind.Word or TokenKind.Text) || ReadPath() is not { } path)
            return Unexpected("the name of a member");
        Expr? all = null;
        var target = left.Expr;
        foreach (var name in path)
        {
            Expr one = new HasExpr(target, name);
            all = all is null ? one : new BinaryExpr(BinaryOperator.And, all, one);
            target = new AttributeExpr(target, name);
        }

        return new Term(all!, TermType.Truth, left.At);
    }

    private Term? ReadOperand()
    {
        var token = Peek;
        switch (token.Kind)
        {
            case TokenKind.Text:
                Take();
                return new Term(new LiteralExpr(token.Text), TermType.Text, token.At) { Literal = token.Text };
            case TokenKind.Number:
                Take();
                return Number(token);
            case TokenKind.Word when token.Text is "true" or "false":
                Take();
                return new Term(new LiteralExpr(token.Text == "true"), TermType.Truth, token.At) { Literal = token.Text };
            case TokenKind.Word when !IsReserved(token.Text):
                return ReadFact();
            case TokenKind.Symbol when token.Text == "(":
                Take();
                return Deeper(token.At, () => ReadOr() is { } inner ? Expect(")") ? inner : null : null);
            case TokenKind.Symbol when token.Text == "[":
                Take();
                return ReadList(token.At);
            default:
                return Unexpected("a name, a text, a number, a list, 'not' or '('");
        }
    }

    private Term? ReadFact()
    {
        var at = Peek.At;
        if (ReadPath() is not { } path)
            return null;
        if (Peek.Is("("))
            return ReadCall(path, at);
        if (FactAliases.Find(path, at) is { } fact)
            return fact;
        var word = path[0].ToLowerInvariant();
        return IsReserved(word)
            ? Wrong(at, $"'{path[0]}': write '{word}' in lower case")
            : Wrong(at, $"no fact is named '{string.Join('.', path)}': arguments are args.<name>, facts are {string.Join(", ", FactAliases.Names)}");
    }

    /// <summary><c>args.text.startsWith('x')</c> says the same as <c>args.text startsWith 'x'</c>.</summary>
    private Term? ReadCall(List<string> path, int at)
    {
        var name = path[^1];
        if (path.Count < 2 || name is not ("contains" or "startsWith" or "endsWith"))
            return Wrong(at, $"'{name}(…)': a condition knows no functions but contains, startsWith and endsWith, after a dot");
        Take();
        path.RemoveAt(path.Count - 1);
        if (FactAliases.Find(path, at) is not { } target)
            return Wrong(at, $"no fact is named '{string.Join('.', path)}': arguments are args.<name>, facts are {string.Join(", ", FactAliases.Names)}");
        if (ReadOperand() is not { } argument || !Expect(")"))
            return null;
        return Comparisons.Make(name, target, argument, out var error) ?? Wrong(at, error);
    }

    /// <summary>Names with dots between them; a name that is no word stands in brackets: <c>args['order id']</c>.</summary>
    private List<string>? ReadPath()
    {
        var path = new List<string> { Take().Text };
        while (true)
        {
            if (Peek.Is("."))
            {
                Take();
                if (Peek.Kind != TokenKind.Word)
                {
                    Unexpected("a name after the dot");
                    return null;
                }

                path.Add(Take().Text);
            }
            else if (Peek.Is("[") && _tokens[_next + 1].Kind == TokenKind.Text)
            {
                Take();
                path.Add(Take().Text);
                if (!Expect("]"))
                    return null;
            }
            else
            {
                return path;
            }
        }
    }

    private Term? ReadList(int at)
    {
        var items = ImmutableArray.CreateBuilder<Term>();
        while (!Peek.Is("]"))
        {
            if (items.Count > 0 && !Expect(","))
                return null;
            if (ReadOperand() is not { } item)
                return null;
            if (item.Literal is null || item.Type == TermType.Truth)
                return Wrong(item.At, "a list holds texts or numbers that are written out");
            items.Add(item);
        }

        Take();
        return new Term(new SetExpr([.. items.Select(item => item.Expr)]), TermType.List, at) { Items = items.ToImmutable() };
    }

    private Term? Number(Token token)
    {
        if (!token.Text.Contains('.', StringComparison.Ordinal))
        {
            return long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                ? new Term(new LiteralExpr(whole), TermType.Whole, token.At) { Literal = token.Text }
                : Wrong(token.At, $"'{token.Text}' is beyond the numbers of Cedar: 64 bits");
        }

        var call = new CallExpr(Comparisons.Function("decimal"), [new LiteralExpr(token.Text)]);
        return Writ.Cedar.Values.DecimalValue.TryParse(token.Text, out _)
            ? new Term(call, TermType.Fraction, token.At) { Literal = token.Text }
            : Wrong(token.At, $"'{token.Text}': a number has at most 4 decimals, and is at most 922337203685477.5807");
    }

    private Term? ReadTruth(Func<Term?> read) => read() is { } term ? Truth(term) : null;

    /// <summary>A term that is true or false, or may be; Cedar fails on an argument that is neither, and that denies.</summary>
    private Term? Truth(Term term) =>
        term.Type is TermType.Truth or TermType.Any ? term : Wrong(term.At, $"this is {term.Kind}, and neither true nor false: compare it with something");

    private Term? Deeper(int at, Func<Term?> read)
    {
        if (++_depth > MaxDepth)
            return Wrong(at, $"nests deeper than {MaxDepth} levels");
        var term = read();
        _depth--;
        return term;
    }

    private Token Take() => _tokens[_next].Kind == TokenKind.End ? _tokens[_next] : _tokens[_next++];

    private bool Expect(string symbol)
    {
        if (Peek.Is(symbol))
        {
            Take();
            return true;
        }

        Unexpected($"'{symbol}'");
        return false;
    }

    private Term? Unexpected(string expected) => Wrong(Peek.At, $"expected {expected}, found {Peek}");

    private Term? Wrong(int at, string message)
    {
        _fault ??= new ConditionFault(at, message);
        return null;
    }
}
