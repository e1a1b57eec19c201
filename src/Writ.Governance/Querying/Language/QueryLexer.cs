using System.Text;

namespace Writ.Governance.Querying.Language;

/// <summary>Cuts a query into pieces.</summary>
internal static class QueryLexer
{
    private const string SignCharacters = "=!<>~(),";

    private static readonly string[] Signs = ["!=", "<=", ">=", "=", "<", ">", "~", "(", ")", ","];

    /// <summary>The pieces, the end among them; null, and why, where there is a character that no piece has.</summary>
    public static List<Token>? Read(string text, out QueryProblem? problem)
    {
        problem = null;
        var tokens = new List<Token>();
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
                at++;
            else if (text[at] is '"' or '\'')
            {
                if (Quoted(text, ref at) is not { } quoted)
                {
                    problem = new QueryProblem(at, "a quoted text has no end: write \" or ' behind it; a backslash stands before a quote or a backslash inside");
                    return null;
                }

                tokens.Add(quoted);
            }
            else if (Signs.FirstOrDefault(s => string.CompareOrdinal(text, at, s, 0, s.Length) == 0) is { } sign)
            {
                tokens.Add(new Token(TokenKind.Sign, sign, at));
                at += sign.Length;
            }
            else if (char.IsControl(text[at]) || text[at] is '!' or ';' or '&' or '|' or '\\' or '`')
            {
                problem = new QueryProblem(at, $"'{(char.IsControl(text[at]) ? '?' : text[at])}' stands in no query: filters are joined with 'and', 'or' and 'not', other texts are quoted");
                return null;
            }
            else
            {
                var start = at;
                while (at < text.Length && !char.IsWhiteSpace(text[at]) && !char.IsControl(text[at]) && !SignCharacters.Contains(text[at], StringComparison.Ordinal) && text[at] is not ('"' or '\'' or ';' or '&' or '|' or '\\' or '`'))
                    at++;
                tokens.Add(new Token(TokenKind.Word, text[start..at], start));
            }
        }

        tokens.Add(new Token(TokenKind.End, "", text.Length));
        return tokens;
    }

    private static Token? Quoted(string text, ref int at)
    {
        var (start, quote, read) = (at, text[at], new StringBuilder());
        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                at = i + 1;
                return new Token(TokenKind.Quoted, read.ToString(), start);
            }

            if (text[i] == '\\' && ++i == text.Length)
                break;
            read.Append(text[i]);
        }

        return null;
    }
}
