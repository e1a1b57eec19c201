using System.Globalization;
using System.Text;

namespace Writ.Governance.Schemas.Patterns;

/// <summary>Reads one backslash sequence of ECMA-262 (22.2.1, AtomEscape and ClassEscape); <paramref name="at"/> is behind the backslash.</summary>
internal sealed class EscapeReader(string pattern, int at)
{
    public string? Problem { get; private set; }

    /// <summary>The position behind the sequence.</summary>
    public int End { get; private set; } = at;

    public EscapedAtom Read(bool inClass)
    {
        if (End >= pattern.Length)
            return Refuse("a backslash at the end");
        var escape = pattern[End];
        if (CodePointSet.OfEscape(escape) is { } set)
        {
            End++;
            return new(set, null);
        }

        switch (escape)
        {
            case 't':
                return Single('\t');
            case 'n':
                return Single('\n');
            case 'v':
                return Single('\v');
            case 'f':
                return Single('\f');
            case 'r':
                return Single('\r');
            case '0' when End + 1 >= pattern.Length || !char.IsAsciiDigit(pattern[End + 1]):
                return Single('\0');
            case 'b' when inClass:
                return Single('\b');
            case 'c' when End + 1 < pattern.Length && char.IsAsciiLetter(pattern[End + 1]):
                End++;
                return Single(pattern[End] % 32);
            case 'x':
                return Hexadecimal(1, 2);
            case 'u' when End + 1 < pattern.Length && pattern[End + 1] == '{':
                return Braced();
            case 'u':
                return Unit();
            case 'p' or 'P':
                return Property(escape == 'P');
            case (>= '1' and <= '9') or 'k':
                return Refuse("a back reference");
        }

        if (char.IsAsciiLetterOrDigit(escape))
            return Refuse("an unknown escape");
        if (!Rune.TryGetRuneAt(pattern, End, out var rune))
            return Refuse("half a surrogate pair");
        End += rune.Utf16SequenceLength;
        return EscapedAtom.Of(rune.Value);
    }

    private EscapedAtom Unit()
    {
        var high = Hexadecimal(1, 4);
        if (high.Single is not { } unit || unit is < 0xD800 or > 0xDFFF)
            return high;
        if (unit < 0xDC00 && pattern.AsSpan(End) is ['\\', 'u', ..])
        {
            var low = Hexadecimal(2, 4).Single;
            if (low is >= 0xDC00 and <= 0xDFFF)
                return EscapedAtom.Of(char.ConvertToUtf32((char)unit, (char)low));
        }

        return Refuse("half a surrogate pair");
    }

    private EscapedAtom Braced()
    {
        var length = pattern.AsSpan(End).IndexOf('}');
        if (length is < 3 or > 10)
            return Refuse("a code point that is not \\u{1} to \\u{10FFFF}");
        var atom = Hexadecimal(2, length - 2);
        End++;
        return atom.Single is > 0x10FFFF or (>= 0xD800 and <= 0xDFFF) ? Refuse("a code point that is none") : atom;
    }

    private EscapedAtom Property(bool negated)
    {
        var rest = pattern.AsSpan(End + 1);
        var length = rest is ['{', ..] ? rest.IndexOf('}') : -1;
        if (length < 0 || UnicodeCategories.Find(rest[1..length].ToString()) is not { } categories)
            return Refuse("a Unicode property other than a general category");
        End += length + 2;
        return new(CodePointSet.OfCategories(negated ? UnicodeCategories.Complement(categories) : categories), null);
    }

    private EscapedAtom Hexadecimal(int skip, int digits)
    {
        if (End + skip + digits > pattern.Length
            || !int.TryParse(pattern.AsSpan(End + skip, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            || value < 0)
        {
            return Refuse("an escape without its hexadecimal digits");
        }

        End += skip + digits;
        return EscapedAtom.Of(value);
    }

    private EscapedAtom Single(int codePoint)
    {
        End++;
        return EscapedAtom.Of(codePoint);
    }

    private EscapedAtom Refuse(string what)
    {
        Problem ??= what;
        End = Math.Min(End + 1, pattern.Length);
        return EscapedAtom.Of(0);
    }
}
