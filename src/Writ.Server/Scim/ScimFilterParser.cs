using System.Text.Json;

namespace Writ.Server.Scim;

/// <summary>
/// Reads filters and the paths of a PATCH by the grammar of RFC 7644, sections 3.4.2.2 and 3.5.2: <c>not</c> before <c>and</c> before <c>or</c>,
/// words without regard to case. Bounded in length, depth and number of comparisons. Where a value in brackets has a part behind it
/// (<c>emails[type eq "work"].value eq "x"</c>), as Entra writes it, the part is of the same value.
/// </summary>
internal ref struct ScimFilterParser
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxLength = 2_048;

    /// <summary>The deepest nesting.</summary>
    public const int MaxDepth = 16;

    /// <summary>The most comparisons.</summary>
    public const int MaxTerms = 64;

    private readonly ReadOnlySpan<char> _text;
    private int _at;
    private int _depth;
    private int _terms;
    private string? _fault;

    private ScimFilterParser(ReadOnlySpan<char> text) => _text = text;

    /// <summary>The filter, or null and what is wrong with it, with its place.</summary>
    public static ScimFilter? Parse(string text, out string fault)
    {
        var parser = new ScimFilterParser(text);
        var filter = text.Length > MaxLength ? parser.Fail($"at most {MaxLength} characters") : parser.Either();
        if (filter is not null && !parser.AtEnd())
            filter = parser.Fail("'and', 'or' or the end");
        fault = parser._fault ?? "";
        return parser._fault is null ? filter : null;
    }

    /// <summary>The path, or null and what is wrong with it.</summary>
    public static ScimPatchPath? ParsePath(string text, out string fault)
    {
        var parser = new ScimFilterParser(text);
        ScimPatchPath? found = null;
        if (text.Length > MaxLength)
            parser.Fail($"at most {MaxLength} characters");
        else if (parser.Path() is { } path)
        {
            if (!parser.Accept('['))
                found = new ScimPatchPath(path, null, path.Sub);
            else if (parser.Bracketed(path) is { } inner)
                found = new ScimPatchPath(path, inner, parser.Part());
            if (found is not null && !parser.AtEnd())
                parser.Fail("the end of the path");
        }

        fault = parser._fault ?? "";
        return parser._fault is null ? found : null;
    }

    private ScimFilter? Either()
    {
        var left = Both();
        while (left is not null && Word("or"))
            left = Both() is { } right ? new ScimFilter.Or(left, right) : null;
        return left;
    }

    private ScimFilter? Both()
    {
        var left = One();
        while (left is not null && Word("and"))
            left = One() is { } right ? new ScimFilter.And(left, right) : null;
        return left;
    }

    private ScimFilter? One()
    {
        if (Denied())
            return Group() is { } denied ? new ScimFilter.Not(denied) : null;
        Skip();
        return Peek() == '(' ? Group() : Term();
    }

    /// <summary><c>not</c> is a word only before a bracket: an attribute may have the name.</summary>
    private bool Denied()
    {
        var before = _at;
        if (Word("not"))
        {
            Skip();
            if (Peek() == '(')
                return true;
        }

        _at = before;
        return false;
    }

    private ScimFilter? Group()
    {
        if (!Accept('('))
            return Fail("'('");
        if (++_depth > MaxDepth)
            return Fail($"at most {MaxDepth} brackets inside each other");
        var inner = Either();
        _depth--;
        return inner is null ? null : Accept(')') ? inner : Fail("')'");
    }

    private ScimFilter? Term()
    {
        if (Path() is not { } path)
            return null;
        if (Accept('['))
        {
            if (Bracketed(path) is not { } inner)
                return null;
            return Part() is not { } part ? new ScimFilter.Within(path, inner)
                : Comparison(new ScimPath(null, part, null)) is { } compared ? new ScimFilter.Within(path, new ScimFilter.And(inner, compared))
                : null;
        }

        return Comparison(path);
    }

    private ScimFilter? Bracketed(ScimPath path)
    {
        if (path.Sub is not null)
            return Fail("a whole attribute before '['");
        if (++_depth > MaxDepth)
            return Fail($"at most {MaxDepth} brackets inside each other");
        var inner = Either();
        _depth--;
        return inner is null ? null : Accept(']') ? inner : Fail("']'");
    }

    private string? Part()
    {
        if (Peek() != '.')
            return null;
        _at++;
        var name = Name();
        if (ScimPath.Parse(name) is not { Schema: null, Sub: null } part)
        {
            Fail("the name of a part");
            return null;
        }

        return part.Attribute;
    }

    private ScimFilter? Comparison(ScimPath path)
    {
        if (++_terms > MaxTerms)
            return Fail($"at most {MaxTerms} comparisons");
        Skip();
        var word = Name();
        if (word.Equals("pr", StringComparison.OrdinalIgnoreCase))
            return new ScimFilter.Present(path);
        ScimOperator? compares = word.ToString().ToLowerInvariant() switch
        {
            "eq" => ScimOperator.Equal,
            "ne" => ScimOperator.NotEqual,
            "co" => ScimOperator.Contains,
            "sw" => ScimOperator.StartsWith,
            "ew" => ScimOperator.EndsWith,
            "gt" => ScimOperator.Greater,
            "ge" => ScimOperator.GreaterOrEqual,
            "lt" => ScimOperator.Less,
            "le" => ScimOperator.LessOrEqual,
            _ => null,
        };
        if (compares is not { } how)
            return Fail("eq, ne, co, sw, ew, gt, ge, lt, le or pr");
        if (!Value(out var value))
            return null;
        return how is ScimOperator.Equal or ScimOperator.NotEqual || value is string or decimal
            ? new ScimFilter.Compare(path, how, value)
            : Fail("a string or a number: nothing else has an order or parts");
    }

    private bool Value(out object? value)
    {
        value = null;
        Skip();
        var from = _at;
        if (Peek() == '"')
        {
            for (_at++; _at < _text.Length && _text[_at] != '"'; _at++)
            {
                if (_text[_at] == '\\')
                    _at++;
            }

            _at = Math.Min(_at + 1, _text.Length);
        }
        else
        {
            while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '-' or '+' or '.'))
                _at++;
        }

        try
        {
            using var read = JsonDocument.Parse(_text[from.._at].ToString());
            value = read.RootElement.ValueKind switch
            {
                JsonValueKind.String => read.RootElement.GetString(),
                JsonValueKind.Number => read.RootElement.TryGetDecimal(out var number) ? number : throw new JsonException("a number beyond what is taken"),
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => null,
            };
            return true;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            _at = from;
            Fail("a string in double quotes, a number, true, false or null, as JSON has them");
            return false;
        }
    }

    private ScimPath? Path()
    {
        Skip();
        var from = _at;
        if (ScimPath.Parse(Name()) is { } path)
            return path;
        _at = from;
        Fail("the name of an attribute");
        return null;
    }

    private ReadOnlySpan<char> Name()
    {
        var from = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '-' or '_' or '.' or ':' or '$'))
            _at++;
        return _text[from.._at];
    }

    private bool Word(string word)
    {
        var before = _at;
        Skip();
        if (Name().Equals(word, StringComparison.OrdinalIgnoreCase))
            return true;
        _at = before;
        return false;
    }

    private bool Accept(char c)
    {
        var before = _at;
        // Nothing may stand between an attribute and its '['.
        if (c != '[')
            Skip();
        if (Peek() == c)
        {
            _at++;
            return true;
        }

        _at = before;
        return false;
    }

    private bool AtEnd()
    {
        Skip();
        return _at == _text.Length;
    }

    private void Skip()
    {
        while (_at < _text.Length && _text[_at] == ' ')
            _at++;
    }

    private readonly char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private ScimFilter? Fail(string expected)
    {
        _fault ??= $"at character {_at + 1}: expected {expected}";
        return null;
    }
}
