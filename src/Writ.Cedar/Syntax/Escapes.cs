using System.Globalization;
using System.Text;

namespace Writ.Cedar.Syntax;

/// <summary>
/// Reads what stands between the quotes of a literal. The escapes are Rust's: <c>\n \r \t \\ \0 \' \"</c>, <c>\x</c> with two
/// hexadecimal digits up to 7f, <c>\u{…}</c> with one to six; in a pattern also <c>\*</c>.
/// </summary>
internal static class Escapes
{
    /// <summary>Reads a string; otherwise the offset and the problem of the first bad escape.</summary>
    public static string? Unescape(ReadOnlySpan<char> body, out int badOffset, out string problem)
    {
        var text = new StringBuilder(body.Length);
        for (var at = 0; at < body.Length;)
        {
            var start = at;
            if (Next(body, ref at, asPattern: false, out problem) is not { } rune)
            {
                badOffset = start;
                return null;
            }

            text.Append(rune.ToString());
        }

        badOffset = 0;
        problem = "";
        return text.ToString();
    }

    /// <summary>Reads the pieces between the wildcards of a pattern. A star made by <c>\u{2a}</c> is a wildcard, as in Cedar; <c>\*</c> is a star.</summary>
    public static List<string>? UnescapePattern(ReadOnlySpan<char> body, out int badOffset, out string problem)
    {
        var pieces = new List<string>();
        var piece = new StringBuilder();
        for (var at = 0; at < body.Length;)
        {
            var start = at;
            var isStar = body[at..] is ['\\', '*', ..];
            if (Next(body, ref at, asPattern: true, out problem) is not { } rune)
            {
                badOffset = start;
                return null;
            }

            if (rune.Value == '*' && !isStar)
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }
            else
            {
                piece.Append(rune.ToString());
            }
        }

        pieces.Add(piece.ToString());
        badOffset = 0;
        problem = "";
        return pieces;
    }

    private static Rune? Next(ReadOnlySpan<char> body, ref int at, bool asPattern, out string problem)
    {
        problem = "";
        if (body[at] == '\r')
        {
            problem = "a carriage return in a string is written \\r";
            return null;
        }

        if (body[at] != '\\')
        {
            if (Rune.DecodeFromUtf16(body[at..], out var plain, out var consumed) != System.Buffers.OperationStatus.Done)
            {
                problem = "half of a surrogate pair is not a character";
                return null;
            }

            at += consumed;
            return plain;
        }

        if (at + 1 == body.Length)
        {
            problem = "a backslash starts an escape";
            return null;
        }

        var escape = body[at + 1];
        at += 2;
        switch (escape)
        {
            case 'n':
                return new Rune('\n');
            case 'r':
                return new Rune('\r');
            case 't':
                return new Rune('\t');
            case '0':
                return new Rune('\0');
            case '\\' or '\'' or '"':
                return new Rune(escape);
            case '*' when asPattern:
                return new Rune('*');
            case 'x':
                return Hex2(body, ref at, out problem);
            case 'u':
                return Braced(body, ref at, out problem);
            default:
                problem = asPattern
                    ? "the escapes of a pattern are \\n \\r \\t \\0 \\\\ \\' \\\" \\* \\x41 and \\u{1f600}"
                    : "the escapes of a string are \\n \\r \\t \\0 \\\\ \\' \\\" \\x41 and \\u{1f600}";
                return null;
        }
    }

    private static Rune? Hex2(ReadOnlySpan<char> body, ref int at, out string problem)
    {
        problem = "\\x takes two hexadecimal digits, at most 7f";
        if (at + 2 > body.Length || !byte.TryParse(body.Slice(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code > 0x7f)
            return null;
        at += 2;
        return new Rune((char)code);
    }

    private static Rune? Braced(ReadOnlySpan<char> body, ref int at, out string problem)
    {
        problem = "\\u takes one to six hexadecimal digits in braces that name a character, such as \\u{1f600}";
        var rest = body[at..];
        var close = rest.IndexOf('}');
        if (rest is not ['{', ..] || close < 2 || rest[1] == '_')
            return null;
        Span<char> digits = stackalloc char[6];
        var count = 0;
        foreach (var c in rest[1..close])
        {
            if (c == '_')
                continue;
            if (count == digits.Length || !char.IsAsciiHexDigit(c))
                return null;
            digits[count++] = c;
        }

        if (!int.TryParse(digits[..count], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
            return null;
        at += close + 1;
        return new Rune(code);
    }
}
