using System.Text;
using System.Text.Json.Nodes;

namespace Writ.Cli.Discovery;

/// <summary>
/// Reads as much of TOML 1.0 as configurations of clients and Python projects use: tables, arrays of tables, dotted keys, strings of all four kinds, arrays,
/// inline tables; every other value is kept as its text. Bounded by the length of the file and a depth; what it does not understand ends it.
/// </summary>
internal sealed class Toml
{
    private const int MaxDepth = 16;

    private readonly string _text;
    private int _at;

    private Toml(string text) => _text = text;

    /// <summary>The document; null where it is none.</summary>
    public static JsonObject? Read(string text)
    {
        try
        {
            return new Toml(text.Replace("\r\n", "\n", StringComparison.Ordinal)).Document();
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private JsonObject Document()
    {
        var root = new JsonObject();
        var table = root;
        while (true)
        {
            Blank(lines: true);
            if (_at == _text.Length)
                return root;
            if (Take("[["))
            {
                table = Append(root, Key());
                Expect("]]");
            }
            else if (Take("["))
            {
                table = Descend(root, Key());
                Expect("]");
            }
            else
            {
                Assign(table, 0);
            }

            Blank(lines: false);
            if (_at < _text.Length && _text[_at] != '\n')
                throw new FormatException();
        }
    }

    private void Assign(JsonObject table, int depth)
    {
        var key = Key();
        Expect("=");
        var holder = Descend(table, key.AsSpan(..^1));
        if (!holder.TryAdd(key[^1], Value(depth)))
            throw new FormatException();
    }

    private JsonNode Value(int depth)
    {
        if (depth > MaxDepth)
            throw new FormatException();
        Blank(lines: false);
        if (_at == _text.Length)
            throw new FormatException();
        switch (_text[_at])
        {
            case '"' or '\'':
                return JsonValue.Create(Quoted())!;
            case '[':
                _at++;
                var list = new JsonArray();
                while (true)
                {
                    Blank(lines: true);
                    if (Take("]"))
                        return list;
                    list.Add(Value(depth + 1));
                    Blank(lines: true);
                    if (!Take(","))
                    {
                        Expect("]");
                        return list;
                    }
                }

            case '{':
                _at++;
                var table = new JsonObject();
                while (true)
                {
                    Blank(lines: true);
                    if (Take("}"))
                        return table;
                    Assign(table, depth + 1);
                    Blank(lines: true);
                    if (!Take(","))
                    {
                        Expect("}");
                        return table;
                    }
                }

            default:
                var start = _at;
                while (_at < _text.Length && _text[_at] is not (',' or ']' or '}' or '\n' or '#'))
                    _at++;
                return JsonValue.Create(_text[start.._at].Trim())!;
        }
    }

    private string[] Key()
    {
        var parts = new List<string>();
        do
        {
            Blank(lines: false);
            if (_at < _text.Length && _text[_at] is '"' or '\'')
            {
                parts.Add(Quoted());
            }
            else
            {
                var start = _at;
                while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-'))
                    _at++;
                if (_at == start)
                    throw new FormatException();
                parts.Add(_text[start.._at]);
            }

            Blank(lines: false);
        }
        while (Take(".") && parts.Count < MaxDepth);
        return [.. parts];
    }

    private string Quoted()
    {
        var quote = _text[_at];
        if (Take(new string(quote, 3)))
            return Until(new string(quote, 3), escapes: quote == '"');
        _at++;
        return Until(quote.ToString(), escapes: quote == '"');
    }

    private string Until(string end, bool escapes)
    {
        var text = new StringBuilder();
        while (_at < _text.Length)
        {
            if (Take(end))
                return text.ToString();
            if (end.Length == 1 && _text[_at] == '\n')
                throw new FormatException();
            if (escapes && _text[_at] == '\\' && _at + 1 < _text.Length)
                _at++; // what is escaped counts as itself: nothing here decides by it
            text.Append(_text[_at++]);
        }

        throw new FormatException();
    }

    private static JsonObject Descend(JsonObject table, ReadOnlySpan<string> path)
    {
        foreach (var part in path)
        {
            table = table[part] switch
            {
                null => Add(table, part),
                JsonObject inner => inner,
                JsonArray { Count: > 0 } list when list[^1] is JsonObject last => last,
                _ => throw new FormatException(),
            };
        }

        return table;
    }

    private static JsonObject Append(JsonObject root, string[] path)
    {
        var holder = Descend(root, path.AsSpan(..^1));
        if (holder[path[^1]] is not JsonArray list)
            holder[path[^1]] = list = holder.ContainsKey(path[^1]) ? throw new FormatException() : [];
        var table = new JsonObject();
        list.Add(table);
        return table;
    }

    private static JsonObject Add(JsonObject table, string name)
    {
        var inner = new JsonObject();
        table[name] = inner;
        return inner;
    }

    private void Blank(bool lines)
    {
        while (_at < _text.Length)
        {
            if (_text[_at] is ' ' or '\t' || (lines && _text[_at] == '\n'))
            {
                _at++;
            }
            else if (_text[_at] == '#')
            {
                while (_at < _text.Length && _text[_at] != '\n')
                    _at++;
            }
            else
            {
                return;
            }
        }
    }

    private bool Take(string text)
    {
        if (string.CompareOrdinal(_text, _at, text, 0, text.Length) != 0)
            return false;
        _at += text.Length;
        return true;
    }

    private void Expect(string text)
    {
        Blank(lines: false);
        if (!Take(text))
            throw new FormatException();
    }
}
