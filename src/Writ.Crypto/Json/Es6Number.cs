using System.Globalization;

namespace Writ.Crypto.Json;

/// <summary>A double as ECMAScript's Number.prototype.toString writes it (ECMA-262 section 6.1.6.1.20, RFC 8785 section 3.2.2.3).</summary>
internal static class Es6Number
{
    /// <summary>Most bytes that a number takes: sign, 17 digits, point, exponent, or 21 digits, or leading zeros.</summary>
    public const int MaxLength = 32;

    /// <summary>Formats a finite number; <paramref name="destination"/> has at least <see cref="MaxLength"/> bytes.</summary>
    public static int Format(double value, Span<byte> destination)
    {
        if (value == 0)
        {
            destination[0] = (byte)'0'; // negative zero too
            return 1;
        }

        Span<byte> digits = stackalloc byte[MaxLength];
        Shortest(Math.Abs(value), ref digits, out var point);
        var at = 0;
        if (value < 0)
            destination[at++] = (byte)'-';
        var rest = destination[at..];
        return at + point switch
        {
            > 0 and <= 21 => digits.Length <= point ? Whole(digits, point, rest) : Fraction(digits, point, rest),
            > -6 and <= 0 => SmallFraction(digits, point, rest),
            _ => Scientific(digits, point, rest),
        };
    }

    // The shortest digits that read back as the same double, without zeros at either end; the value is 0.digits x 10^point.
    private static void Shortest(double value, ref Span<byte> digits, out int point)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        text = text[..length];

        var count = 0;
        var exponent = 0;
        var wholeDigits = -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '.')
                wholeDigits = count;
            else if (text[i] == 'E')
            {
                exponent = int.Parse(text[(i + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                break;
            }
            else
                digits[count++] = text[i];
        }

        digits = digits[..count];
        point = (wholeDigits < 0 ? count : wholeDigits) + exponent;
        var leading = digits.IndexOfAnyExcept((byte)'0');
        point -= leading;
        digits = digits[leading..].TrimEnd((byte)'0');
    }

    private static int Whole(ReadOnlySpan<byte> digits, int point, Span<byte> text)
    {
        digits.CopyTo(text);
        text[digits.Length..point].Fill((byte)'0');
        return point;
    }

    private static int Fraction(ReadOnlySpan<byte> digits, int point, Span<byte> text)
    {
        digits[..point].CopyTo(text);
        text[point] = (byte)'.';
        digits[point..].CopyTo(text[(point + 1)..]);
        return digits.Length + 1;
    }

    private static int SmallFraction(ReadOnlySpan<byte> digits, int point, Span<byte> text)
    {
        text[..(2 - point)].Fill((byte)'0');
        text[1] = (byte)'.';
        digits.CopyTo(text[(2 - point)..]);
        return 2 - point + digits.Length;
    }

    private static int Scientific(ReadOnlySpan<byte> digits, int point, Span<byte> text)
    {
        var at = 0;
        text[at++] = digits[0];
        if (digits.Length > 1)
        {
            text[at++] = (byte)'.';
            digits[1..].CopyTo(text[at..]);
            at += digits.Length - 1;
        }

        text[at++] = (byte)'e';
        if (point > 0)
            text[at++] = (byte)'+';
        (point - 1).TryFormat(text[at..], out var written, default, CultureInfo.InvariantCulture);
        return at + written;
    }
}
