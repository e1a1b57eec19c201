using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Writ.Cedar.Values;

/// <summary>
/// A decimal number with four fractional digits, from <c>-922337203685477.5808</c> to <c>922337203685477.5807</c>.
/// Made in a policy by <c>decimal("12.34")</c>. <c>decimal("1.0")</c> equals <c>decimal("1.00")</c>.
/// </summary>
/// <param name="TenThousandths">The number times 10,000.</param>
public sealed record DecimalValue(long TenThousandths) : Value
{
    private const int FractionDigits = 4;
    private const long Scale = 10_000;

    /// <inheritdoc/>
    public override string TypeName => "decimal";

    /// <summary>Reads <c>-?[0-9]+\.[0-9]{1,4}</c> within the bounds; false otherwise.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DecimalValue? value) => TryParse(text, out value, out _);

    internal static bool TryParse(string? text, [NotNullWhen(true)] out DecimalValue? value, out string problem)
    {
        value = null;
        problem = "a decimal is digits, a point and one to four digits, such as 12.34";
        if (text is null)
            return false;
        var rest = text.AsSpan();
        var negative = rest is ['-', ..];
        if (negative)
            rest = rest[1..];
        var point = rest.IndexOf('.');
        if (point < 1 || point == rest.Length - 1)
            return false;
        var whole = rest[..point];
        var fraction = rest[(point + 1)..];
        if (whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9'))
            return false;
        if (fraction.Length > FractionDigits)
        {
            problem = "a decimal has at most four digits after the point";
            return false;
        }

        problem = "a decimal lies between -922337203685477.5808 and 922337203685477.5807";
        if (!Int128.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var units) || units > long.MaxValue)
            return false;
        Int128 part = int.Parse(fraction, NumberStyles.None, CultureInfo.InvariantCulture);
        for (var digits = fraction.Length; digits < FractionDigits; digits++)
            part *= 10;
        var total = (units * Scale) + part;
        if (negative)
            total = -total;
        if (total < long.MinValue || total > long.MaxValue)
            return false;
        value = new DecimalValue((long)total);
        return true;
    }

    internal string Text()
    {
        var magnitude = UInt128.CreateChecked(Int128.Abs(TenThousandths));
        return string.Create(CultureInfo.InvariantCulture, $"{(TenThousandths < 0 ? "-" : "")}{magnitude / Scale}.{magnitude % Scale:D4}");
    }

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine((int)TenThousandths, (int)(TenThousandths >> 32));
}
