using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Writ.Identity.HttpSignatures;

/// <summary>
/// Reads structured fields (RFC 9651 section 4.2), as far as signatures use them: no decimals, dates and display strings. Stricter in one
/// thing: a key that stands twice, of which the standard takes the last, is refused, because another reader may take the first.
/// </summary>
internal ref struct FieldReader
{
    private const int MaxParameters = 16;
    private const int MaxItems = 64;

    private ReadOnlySpan<char> _rest;

    private FieldReader(string text) => _rest = text.AsSpan().Trim(' ');

    /// <summary>A dictionary of at most <paramref name="max"/> members; false where the text is none.</summary>
    public static bool TryReadDictionary(string text, int max, out ImmutableArray<KeyValuePair<string, FieldItem>> members)
    {
        var reader = new FieldReader(text);
        var read = ImmutableArray.CreateBuilder<KeyValuePair<string, FieldItem>>();
        members = [];
        while (!reader._rest.IsEmpty)
        {
            if (read.Count == max || !reader.TryReadKey(out var key) || !reader.TryReadMember(out var member) || Contains(read, key))
                return false;
            read.Add(new(key, member));
            reader._rest = reader._rest.TrimStart(" \t");
            if (reader._rest.IsEmpty)
                break;
            if (!reader.TryTake(','))
                return false;
            reader._rest = reader._rest.TrimStart(" \t");
            if (reader._rest.IsEmpty)
                return false;
        }

        members = read.ToImmutable();
        return true;
    }

    private static bool Contains<T>(ImmutableArray<KeyValuePair<string, T>>.Builder members, string key)
    {
        foreach (var member in members)
        {
            if (member.Key == key)
                return true;
        }

        return false;
    }

    private bool TryReadMember([NotNullWhen(true)] out FieldItem? member)
    {
        member = null;
        if (!TryTake('='))
            return TryReadParameters(out var bare) && (member = new FieldItem(new BareItem.Flag(true), [], bare)) is not null;
        return _rest is ['(', ..] ? TryReadInnerList(out member) : TryReadItem(out member);
    }

    private bool TryReadInnerList([NotNullWhen(true)] out FieldItem? list)
    {
        list = null;
        _rest = _rest[1..];
        var items = ImmutableArray.CreateBuilder<FieldItem>();
        while (true)
        {
            _rest = _rest.TrimStart(' ');
            if (TryTake(')'))
            {
                if (!TryReadParameters(out var parameters))
                    return false;
                list = new FieldItem(null, items.ToImmutable(), parameters);
                return true;
            }

            if (items.Count == MaxItems || !TryReadItem(out var item) || _rest is not [' ' or ')', ..])
                return false;
            items.Add(item);
        }
    }

    private bool TryReadItem([NotNullWhen(true)] out FieldItem? item)
    {
        item = null;
        if (!TryReadBare(out var value) || !TryReadParameters(out var parameters))
            return false;
        item = new FieldItem(value, [], parameters);
        return true;
    }

    private bool TryReadParameters(out ImmutableArray<KeyValuePair<string, BareItem>> parameters)
    {
        var read = ImmutableArray.CreateBuilder<KeyValuePair<string, BareItem>>();
        parameters = [];
        while (TryTake(';'))
        {
            _rest = _rest.TrimStart(' ');
            BareItem? value = new BareItem.Flag(true);
            if (read.Count == MaxParameters || !TryReadKey(out var key) || (TryTake('=') && !TryReadBare(out value)) || Contains(read, key))
                return false;
            read.Add(new(key, value!));
        }

        parameters = read.ToImmutable();
        return true;
    }

    private bool TryReadKey(out string key)
    {
        var length = 0;
        while (length < _rest.Length && (_rest[length] is (>= 'a' and <= 'z') or '*' || (length > 0 && _rest[length] is (>= '0' and <= '9') or '_' or '-' or '.')))
            length++;
        key = _rest[..length].ToString();
        _rest = _rest[length..];
        return length > 0;
    }

    private bool TryReadBare([NotNullWhen(true)] out BareItem? value)
    {
        value = _rest switch
        {
            ['"', ..] => Text(),
            [':', ..] => Binary(),
            ['?', '0' or '1', ..] => Flag(),
            ['-' or (>= '0' and <= '9'), ..] => Integer(),
            ['*' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'), ..] => Token(),
            _ => null,
        };
        return value is not null;
    }

    private BareItem.Text? Text()
    {
        var text = new StringBuilder();
        for (var i = 1; i < _rest.Length; i++)
        {
            var character = _rest[i];
            if (character == '"')
            {
                _rest = _rest[(i + 1)..];
                return new BareItem.Text(text.ToString());
            }

            if (character == '\\' && (++i == _rest.Length || (character = _rest[i]) is not ('"' or '\\')))
                return null;
            if (character is < ' ' or > '~')
                return null;
            text.Append(character);
        }

        return null;
    }

    // As with base64url elsewhere: one text for one byte string, and so none that Convert only repairs.
    private BareItem.Binary? Binary()
    {
        var end = _rest[1..].IndexOf(':');
        if (end < 0)
            return null;
        var text = _rest.Slice(1, end);
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64Chars(text, bytes, out var length) || !text.SequenceEqual(Convert.ToBase64String(bytes, 0, length)))
            return null;
        _rest = _rest[(end + 2)..];
        return new BareItem.Binary(bytes.AsMemory(0, length));
    }

    private BareItem.Flag Flag()
    {
        var value = _rest[1] == '1';
        _rest = _rest[2..];
        return new BareItem.Flag(value);
    }

    private BareItem.Integer? Integer()
    {
        var start = _rest[0] == '-' ? 1 : 0;
        var length = start;
        while (length < _rest.Length && char.IsAsciiDigit(_rest[length]))
            length++;
        if (length - start is 0 or > 15 || (length < _rest.Length && _rest[length] == '.'))
            return null;
        var value = long.Parse(_rest[..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        _rest = _rest[length..];
        return new BareItem.Integer(value);
    }

    private BareItem.Token Token()
    {
        var length = 1;
        while (length < _rest.Length && (char.IsAsciiLetterOrDigit(_rest[length]) || "!#$%&'*+-.^_`|~:/".Contains(_rest[length], StringComparison.Ordinal)))
            length++;
        var value = _rest[..length].ToString();
        _rest = _rest[length..];
        return new BareItem.Token(value);
    }

    private bool TryTake(char character)
    {
        if (_rest.IsEmpty || _rest[0] != character)
            return false;
        _rest = _rest[1..];
        return true;
    }
}
