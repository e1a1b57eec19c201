using System.Globalization;
using System.Numerics;

namespace Writ.Governance.Schemas.Values;

/// <summary>
/// A JSON number as written, without rounding: <c>Coefficient × 10^Exponent</c>, the coefficient without trailing zeros, so
/// that equal numbers have equal parts. At most <see cref="MaxDigits"/> digits and a magnitude between
/// 10^-<see cref="MaxScale"/> and 10^<see cref="MaxScale"/>. The default is zero.
/// </summary>
internal readonly record struct ExactNumber
{
    /// <summary>The most significant digits a number may have.</summary>
    public const int MaxDigits = 1_024;

    /// <summary>The largest power of ten, up and down, a number may reach.</summary>
    public const int MaxScale = 4_096;

    // So many always fit 64 bits; nearly every number is as short.
    private const int ShortDigits = 18;

    private ExactNumber(BigInteger coefficient, int exponent, int digits)
    {
        Coefficient = coefficient;
        Exponent = exponent;
        Digits = digits;
    }

    public BigInteger Coefficient { get; }

    public int Exponent { get; }

    /// <summary>How many decimal digits the coefficient has; 0 for zero.</summary>
    public int Digits { get; }

    /// <summary>Whether the value is whole, as 1, 1.0 and 1e3 are (validation 6.1.1).</summary>
    public bool IsInteger => Exponent >= 0;

    /// <summary>How many digits stand behind the decimal point, without trailing zeros.</summary>
    public int FractionDigits => Math.Max(0, -Exponent);

    /// <summary>Reads the bytes of a JSON number. Looks at their length before anything is copied: a number can be as long as the whole message.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, out ExactNumber number)
    {
        const int onStack = 64;
        number = default;
        if (json.Length > 2 * MaxScale)
            return false;
        Span<char> text = json.Length <= onStack ? stackalloc char[onStack] : new char[json.Length];
        for (var i = 0; i < json.Length; i++)
            text[i] = (char)json[i]; // digits, signs, point, e
        return TryParse(text[..json.Length], out number);
    }

    /// <summary>Reads the text of a JSON number; false when it is beyond the bounds of this type.</summary>
    public static bool TryParse(ReadOnlySpan<char> json, out ExactNumber number)
    {
        number = default;
        var negative = json is ['-', ..];
        var rest = negative ? json[1..] : json;
        long exponent = 0;
        var e = rest.IndexOfAny('e', 'E');
        if (e >= 0)
        {
            exponent = SaturatedExponent(rest[(e + 1)..]);
            rest = rest[..e];
        }

        var point = rest.IndexOf('.');
        var fraction = point < 0 ? default : rest[(point + 1)..].TrimEnd('0');
        var whole = (point < 0 ? rest : rest[..point]).TrimStart('0');
        if (fraction.IsEmpty)
        {
            var kept = whole.TrimEnd('0');
            exponent += whole.Length - kept.Length;
            whole = kept;
        }
        else if (whole.IsEmpty)
        {
            var kept = fraction.TrimStart('0');
            exponent -= fraction.Length;
            fraction = kept;
        }
        else
        {
            exponent -= fraction.Length;
        }

        var digits = whole.Length + fraction.Length;
        if (digits == 0)
            return true;
        if (digits > MaxDigits || exponent + digits > MaxScale || exponent < -MaxScale)
            return false;

        var coefficient = digits <= ShortDigits
            ? Short(whole, fraction)
            : BigInteger.Parse(string.Concat(whole, fraction), NumberStyles.None, CultureInfo.InvariantCulture);
        number = new(negative ? -coefficient : coefficient, (int)exponent, digits);
        return true;
    }

    // The framework's own mixing is not seeded: with it an agent could send numbers that all collide.
    public override int GetHashCode() => HashCode.Combine(Coefficient, Exponent);

    public int CompareTo(ExactNumber other)
    {
        var sign = Coefficient.Sign.CompareTo(other.Coefficient.Sign);
        if (sign != 0 || Coefficient.IsZero)
            return sign;

        // Magnitudes first: what is left to scale then differs by no more than the digits of one number.
        var magnitude = (Exponent + Digits).CompareTo(other.Exponent + other.Digits);
        if (magnitude != 0)
            return magnitude * Coefficient.Sign;
        var shared = Math.Min(Exponent, other.Exponent);
        return Scaled(shared).CompareTo(other.Scaled(shared));
    }

    /// <summary>Whether this is a whole multiple of <paramref name="divisor"/>, which is not zero.</summary>
    public bool IsMultipleOf(ExactNumber divisor)
    {
        var modulus = BigInteger.Abs(divisor.Coefficient);
        if (Exponent >= divisor.Exponent)
        {
            var power = BigInteger.ModPow(10, Exponent - divisor.Exponent, modulus);
            return (Coefficient * power % modulus).IsZero;
        }

        // The coefficient has no factor of ten beyond its digits, so a divisor that much coarser cannot fit but into zero.
        var coarser = divisor.Exponent - Exponent;
        return Coefficient.IsZero || (coarser < Digits && (Coefficient % (modulus * BigInteger.Pow(10, coarser))).IsZero);
    }

    /// <summary>The value times 10^<paramref name="places"/> when that is a whole number that fits 64 bits.</summary>
    public bool TryScale(int places, out long scaled)
    {
        scaled = 0;
        if (Exponent + places < 0 || Exponent + places + Digits > 19)
            return false;
        if (Digits <= ShortDigits)
        {
            Int128 exact = (long)Coefficient;
            for (var power = Exponent + places; power > 0; power--)
                exact *= 10;
            if (exact < long.MinValue || exact > long.MaxValue)
                return false;
            scaled = (long)exact;
            return true;
        }

        var value = Scaled(-places);
        if (value < long.MinValue || value > long.MaxValue)
            return false;
        scaled = (long)value;
        return true;
    }

    /// <summary>The number for a message, never long: plain where that takes few digits, else with an exponent, else its size.</summary>
    public override string ToString()
    {
        if (Digits > 20)
            return string.Create(CultureInfo.InvariantCulture, $"a number of {Digits} digits");
        if (Exponent is < -8 or > 8)
            return string.Create(CultureInfo.InvariantCulture, $"{Coefficient}e{Exponent}");
        return Exponent >= 0
            ? Scaled(0).ToString(CultureInfo.InvariantCulture)
            : ((decimal)Coefficient / (decimal)BigInteger.Pow(10, -Exponent)).ToString(CultureInfo.InvariantCulture);
    }

    private BigInteger Scaled(int exponent) =>
        Exponent == exponent ? Coefficient : Coefficient * BigInteger.Pow(10, Exponent - exponent);

    private static long Short(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction)
    {
        var value = 0L;
        foreach (var digit in whole)
            value = (10 * value) + (digit - '0');
        foreach (var digit in fraction)
            value = (10 * value) + (digit - '0');
        return value;
    }

    private static long SaturatedExponent(ReadOnlySpan<char> text)
    {
        var negative = text[0] == '-';
        var digits = text[0] is '-' or '+' ? text[1..] : text;
        digits = digits.TrimStart('0');
        var value = digits.Length > 9 ? 1_000_000_000 : digits.IsEmpty ? 0 : int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return negative ? -value : value;
    }
}
