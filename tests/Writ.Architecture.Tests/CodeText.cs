namespace Writ.Architecture.Tests;

/// <summary>
/// C# text with its comments, directives and (if asked) string and character literals blanked out. Line breaks stay, so that
/// positions still name lines. Good enough to find words in code; it is no parser.
/// </summary>
internal sealed class CodeText
{
    private readonly string _text;
    private readonly char[] _kept;
    private readonly bool _keepLiterals;

    private CodeText(string text, bool keepLiterals)
    {
        _text = text;
        _kept = text.ToCharArray();
        _keepLiterals = keepLiterals;
    }

    public static string WithoutComments(string text) => new CodeText(text, keepLiterals: true).Strip();

    public static string WithoutCommentsAndLiterals(string text) => new CodeText(text, keepLiterals: false).Strip();

    private string Strip()
    {
        for (var at = 0; at < _text.Length;)
            at = Next(at);
        return new string(_kept);
    }

    /// <summary>Passes the element that begins at a position and returns the position after it.</summary>
    private int Next(int at)
    {
        if (StartsAt(at, "//") || (_text[at] == '#' && OnlyBlanksBefore(at)))
            return Blank(at, LineEnd(at));
        if (StartsAt(at, "/*"))
            return Blank(at, After(at + 2, "*/"));
        if (_text[at] == '\'')
            return Literal(at, AfterQuoted(at + 1, '\''));
        if (_text[at] is '"' or '$' or '@')
            return String(at);
        return at + 1;
    }

    private int String(int at)
    {
        var quote = at;
        while (quote < _text.Length && _text[quote] is '$' or '@')
            quote++;
        if (quote >= _text.Length || _text[quote] != '"')
            return at + 1;

        var prefix = _text[at..quote];
        var quotes = RunOf('"', quote);
        if (quotes >= 3)
            return Literal(at, After(quote + quotes, new string('"', quotes)));
        if (prefix.Contains('$'))
            return Literal(at, AfterInterpolated(quote + 1, prefix.Contains('@')));
        return Literal(at, prefix.Contains('@') ? AfterVerbatim(quote + 1) : AfterQuoted(quote + 1, '"'));
    }

    private int AfterQuoted(int at, char quote)
    {
        for (; at < _text.Length && _text[at] != quote; at++)
        {
            if (_text[at] == '\\')
                at++;
        }

        return Math.Min(at + 1, _text.Length);
    }

    private int AfterVerbatim(int at)
    {
        for (; at < _text.Length; at++)
        {
            if (_text[at] != '"')
                continue;
            if (!StartsAt(at, "\"\""))
                return at + 1;
            at++;
        }

        return at;
    }

    private int AfterInterpolated(int at, bool verbatim)
    {
        for (; at < _text.Length; at++)
        {
            if (StartsAt(at, "{{") || (verbatim && StartsAt(at, "\"\"")) || (!verbatim && _text[at] == '\\'))
                at++;
            else if (_text[at] == '{')
                at = AfterHole(at + 1) - 1;
            else if (_text[at] == '"')
                return at + 1;
        }

        return at;
    }

    private int AfterHole(int at)
    {
        for (var depth = 1; at < _text.Length;)
        {
            depth += _text[at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return at + 1;
            at = Next(at);
        }

        return at;
    }

    private int Literal(int from, int to) => _keepLiterals ? to : Blank(from, to);

    private int Blank(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (_kept[i] is not ('\n' or '\r'))
                _kept[i] = ' ';
        }

        return to;
    }

    private bool StartsAt(int at, string word) => string.CompareOrdinal(_text, at, word, 0, word.Length) == 0;

    private bool OnlyBlanksBefore(int at)
    {
        while (--at >= 0 && _text[at] != '\n')
        {
            if (!char.IsWhiteSpace(_text[at]))
                return false;
        }

        return true;
    }

    private int RunOf(char c, int at)
    {
        var end = at;
        while (end < _text.Length && _text[end] == c)
            end++;
        return end - at;
    }

    private int LineEnd(int at) => _text.IndexOf('\n', at) is var end and >= 0 ? end : _text.Length;

    private int After(int at, string word) => _text.IndexOf(word, at, StringComparison.Ordinal) is var found and >= 0 ? found + word.Length : _text.Length;
}
