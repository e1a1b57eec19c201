using System.Text;

namespace Writ.Governance.Policies.Authoring.Conditions;

/// <summary>Cuts a condition into pieces. A character it does not know is a fault, never passed over.</summary>
internal ref struct Tokenizer(string text)
{
    private static readonly string[] Symbols = ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", "[", "]", ",", "."];

    private int _at;

    public ConditionFault? Fault { get; private set; }

    /// <summary>All pieces, the last an end; null where there is a fault.</summary>
    public static List<Token>? Read(string text, out ConditionFault? fault)
    {
        var tokenizer = new Tokenizer(text);
        var tokens = new List<Token>();
        do
        {
            tokens.Add(tokenizer.Next(tokens.Count > 0 ? tokens[^1] : null));
            fault = tokenizer.Fault;
        }
        while (fault is null && tokens[^1].Kind != TokenKind.End);
        return fault is null ? tokens : null;
    }

    private Token Next(Token? before)
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\n' or '\r')
            _at++;
        if (_at == text.Length)
            return new Token(TokenKind.End, "", _at);
        var start = _at;
        var c = text[_at];
        if (c is '\'' or '"')
            return ReadText(c);
        if (char.IsAsciiDigit(c) || (c == '-' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1]) && !EndsOperand(before)))
            return ReadNumber();
        if (char.IsAsciiLetter(c) || c == '_')
        {
            while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '_' or '-'))
                _at++;
            return new Token(TokenKind.Word, text[start.._at], start);
        }

        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, _at, symbol, 0, symbol.Length) == 0)
            {
                _at += symbol.Length;
                return new Token(TokenKind.Symbol, symbol, start);
            }
        }

        return Wrong(start, c switch
        {
            '=' => "'=' is no operator here: write '=='",
            '&' or '|' => $"write '{c}{c}', or {(c == '&' ? "'and'" : "'or'")}",
            '+' or '-' or '*' or '/' or '%' => $"'{c}': a condition cannot calculate; write Cedar for that",
            '?' or ':' => $"'{c}': a condition knows no alternatives; write two rules",
            '~' or '^' or '$' or '\\' => $"'{c}': a condition knows no patterns; there is startsWith, endsWith and contains",
            '\u2018' or '\u2019' or '\u201c' or '\u201d' => "a text stands between straight quotes: ' or \"",
            _ => $"U+{(int)c:X4} means nothing in a condition",
        });
    }

    private static bool EndsOperand(Token? before) =>
        before is { Kind: TokenKind.Text or TokenKind.Number } or { Kind: TokenKind.Symbol, Text: ")" or "]" }
        || (before is { Kind: TokenKind.Word } word && !ConditionParser.IsReserved(word.Text));

    private Token ReadText(char quote)
    {
        var start = _at++;
        var read = new StringBuilder();
        for (; _at < text.Length; _at++)
        {
            if (text[_at] == quote)
            {
                _at++;
                return new Token(TokenKind.Text, read.ToString(), start);
            }

            if (text[_at] == '\\')
            {
                if (++_at == text.Length || text[_at] is not ('\\' or '\'' or '"'))
                    return Wrong(_at - 1, @"in a text, \ stands before \, ' or "" and nothing else");
            }

            read.Append(text[_at]);
        }

        return Wrong(start, "the text that starts here has no end: its closing quote is missing");
    }

    private Token ReadNumber()
    {
        var start = _at++;
        var points = 0;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '.' or '_'))
            points += text[_at++] == '.' ? 1 : 0;
        var number = text[start.._at];
        return points <= 1 && number[^1] != '.' && number.All(c => char.IsAsciiDigit(c) || c is '.' or '-')
            ? new Token(TokenKind.Number, number, start)
            : Wrong(start, $"'{number}' is no number: expected digits, and at most one point among them");
    }

    private Token Wrong(int at, string message)
    {
        Fault = new ConditionFault(at, message);
        return new Token(TokenKind.End, "", at);
    }
}
