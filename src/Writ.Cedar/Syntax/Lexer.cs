namespace Writ.Cedar.Syntax;

/// <summary>
/// Cuts the source into tokens, one at a time, always the longest that fits. White space is Unicode's, comments run from <c>//</c> to
/// the end of the line. Anything that starts no token is an <see cref="TokenKind.Invalid"/> one; nothing is thrown.
/// </summary>
internal sealed class Lexer(string source)
{
    private int _at;

    public string Source => source;

    public ReadOnlySpan<char> TextOf(Token token) => source.AsSpan(token.Start, token.Length);

    public Token Next()
    {
        SkipBlank();
        var start = _at;
        if (start == source.Length)
            return new Token(TokenKind.End, start, 0);
        var c = source[start];
        if (Identifier.IsStart(c))
            return Take(TokenKind.Identifier, While(start, Identifier.IsPart));
        if (char.IsAsciiDigit(c))
            return Take(TokenKind.Number, While(start, char.IsAsciiDigit));
        if (c == '"')
            return String(start);
        if (c == '?' && start + 1 < source.Length && Identifier.IsStart(source[start + 1]))
            return Take(TokenKind.Slot, While(start + 1, Identifier.IsPart));
        if (start + 1 < source.Length && source.AsSpan(start, 2) is "::" or "==" or "!=" or "<=" or ">=" or "||" or "&&")
            return Take(TokenKind.Symbol, start + 2);
        if ("@.,;:(){}[]<>+-*/%!=".Contains(c))
            return Take(TokenKind.Symbol, start + 1);
        return Take(TokenKind.Invalid, start + (char.IsSurrogatePair(source, start) ? 2 : 1));
    }

    private void SkipBlank()
    {
        while (_at < source.Length)
        {
            if (char.IsWhiteSpace(source[_at]))
            {
                _at++;
            }
            else if (source.AsSpan(_at).StartsWith("//"))
            {
                var length = source.AsSpan(_at).IndexOfAny('\n', '\r');
                _at = length < 0 ? source.Length : _at + length;
            }
            else
            {
                return;
            }
        }
    }

    // A backslash takes the next character with it, except a line feed, which no escape contains.
    private Token String(int start)
    {
        var at = start + 1;
        while (at < source.Length && source[at] != '"')
        {
            if (source[at] == '\\' && (at + 1 == source.Length || source[at + 1] == '\n'))
                return Take(TokenKind.Invalid, at + 1);
            at += source[at] == '\\' ? 2 : 1;
        }

        return at < source.Length ? Take(TokenKind.String, at + 1) : Take(TokenKind.Invalid, source.Length);
    }

    private int While(int from, Func<char, bool> belongs)
    {
        while (from < source.Length && belongs(source[from]))
            from++;
        return from;
    }

    private Token Take(TokenKind kind, int end)
    {
        var token = new Token(kind, _at, end - _at);
        _at = end;
        return token;
    }
}
