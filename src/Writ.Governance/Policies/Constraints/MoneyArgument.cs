using System.Globalization;
using System.Text.Json;

namespace Writ.Governance.Policies.Constraints;

/// <summary>Reads an amount of money from an argument, exactly or not at all.</summary>
internal static class MoneyArgument
{
    /// <summary>The amount of a number, or of a text that is one without exponent, separator or sign; null for everything else.</summary>
    public static decimal? Read(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Number } number
            when decimal.TryParse(number.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) && amount >= 0 => Bare(amount),
        { ValueKind: JsonValueKind.String } text => Read(text.GetString()!),
        _ => null,
    };

    /// <summary>Digits with at most one point inside: whatever else a tool might read as a number is none here.</summary>
    public static decimal? Read(string text) =>
        text.Length is > 0 and <= 28 && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[^1])
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? Bare(amount)
            : null;

    /// <summary>Without the zeros at its end, so that one amount has one spelling.</summary>
    private static decimal Bare(decimal amount) => amount / 1.000000000000000000000000000000m;
}
