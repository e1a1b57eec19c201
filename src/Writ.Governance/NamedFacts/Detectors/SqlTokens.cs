namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>
/// Takes SQL apart where all dialects agree. Where they do not (a backslash before a quote, <c>#</c>, nested and executable comments,
/// dollar quotes, control characters) there is no reading, since the other one may hide a statement.
/// </summary>
internal static class SqlTokens
{
    /// <summary>The tokens; null where there is no one reading.</summary>
    public static List<SqlToken>? Read(string text)
    {
        var tokens = new List<SqlToken>();
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (c is ' ' or '\t' or '\r' or '\n')
            {
                i++;
            }
            else if (c == '-' && next == '-')
            {
                // MySQL wants a blank behind the dashes and otherwise subtracts.
                if (i + 2 < text.Length && text[i + 2] is not (' ' or '\t' or '\n' or '\r'))
                    return null;
                var end = text.AsSpan(i).IndexOfAny('\n', '\r');
                i = end < 0 ? text.Length : i + end;
            }
            else if (c == '/' && next == '*')
            {
                var end = text.IndexOf("*/", i + 2, StringComparison.Ordinal);
                if (end < 0 || text[i + 2] is '!' or '+' or 'M' || text.AsSpan(i + 2, end - i - 2).Contains("/*", StringComparison.Ordinal))
                    return null;
                i = end + 2;
            }
            else if (c is '\'' or '"' or '`' or '[')
            {
                var close = c == '[' ? ']' : c;
                var end = Close(text, i, close);
                if (end < 0)
                    return null;
                var inner = text[(i + 1)..end];
                if (c == '[' && !inner.All(x => char.IsLetterOrDigit(x) || x is '_' or ' ' or '-'))
                    return null;
                tokens.Add(c == '\'' ? new SqlToken(SqlTokenKind.Literal, "") : new SqlToken(SqlTokenKind.Name, inner.ToLowerInvariant()));
                i = end + 1;
            }
            else if (char.IsLetter(c) || c == '_')
            {
                var end = i;
                while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '$'))
                    end++;
                // E'…' and its like have rules of their own for what ends them.
                if (end < text.Length && text[end] is '\'' or '"')
                {
                    if (end - i > 2 || text[i] is not ('n' or 'N'))
                        return null;
                }

                tokens.Add(new SqlToken(SqlTokenKind.Word, text[i..end].ToLowerInvariant()));
                i = end;
            }
            else if (char.IsAsciiDigit(c))
            {
                var end = i;
                while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '_'))
                    end++;
                tokens.Add(new SqlToken(SqlTokenKind.Literal, ""));
                i = end;
            }
            else if (c == '$' && char.IsAsciiDigit(next))
            {
                tokens.Add(new SqlToken(SqlTokenKind.Literal, ""));
                i += 2;
            }
            else if (c is '$' or '#' or '\\' or '{' or '}' || char.IsControl(c) || c > 127)
            {
                return null;
            }
            else
            {
                tokens.Add(new SqlToken(SqlTokenKind.Mark, c.ToString()));
                i++;
            }
        }

        return tokens;
    }

    private static int Close(string text, int open, char close)
    {
        for (var i = open + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
                return -1;
            if (text[i] != close)
                continue;
            if (i + 1 < text.Length && text[i + 1] == close && close != ']')
                i++;
            else
                return i;
        }

        return -1;
    }
}
