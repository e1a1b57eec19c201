using System.Text.Json;
using Writ.Cedar.Values;
using Writ.Governance.Schemas.Values;

namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>
/// The exact sum of amounts, with the largest and the smallest, so that a negative one cannot hide a large one. Numbers, or texts that
/// hold a plain number; anything else, or more than four digits behind the point, makes the fact unavailable.
/// </summary>
internal static class AmountDetector
{
    public static Value Detect(DetectorInput input)
    {
        Int128 total = 0;
        var (largest, smallest, count) = (long.MinValue, long.MaxValue, 0L);
        foreach (var value in input.Values.SelectMany(v => v.ValueKind == JsonValueKind.Array ? v.EnumerateArray().AsEnumerable() : [v]))
        {
            var written = value.ValueKind switch
            {
                JsonValueKind.Number => value.GetRawText(),
                JsonValueKind.String when JsonText.Of(value) is { } text && IsPlain(text) => text,
                _ => null,
            };
            if (written is not { Length: > 0 and <= 64 } || !ExactNumber.TryParse(written, out var number) || !number.TryScale(4, out var amount))
                return new PoisonValue("the arguments hold something that is no amount with at most four digits behind the point");
            (total, count) = (total + amount, count + 1);
            (largest, smallest) = (Math.Max(largest, amount), Math.Min(smallest, amount));
        }

        if (total < long.MinValue || total > long.MaxValue)
            return new PoisonValue("the sum is out of the range of decimal");
        return RecordValue.Of(
            ("count", count),
            ("largest", new DecimalValue(count == 0 ? 0 : largest)),
            ("smallest", new DecimalValue(count == 0 ? 0 : smallest)),
            ("total", new DecimalValue((long)total)));
    }

    private static bool IsPlain(string text) => (text.StartsWith('-') ? text[1..] : text).Split('.') switch
    {
        [var whole] => IsDigits(whole),
        [var whole, var fraction] => IsDigits(whole) && IsDigits(fraction),
        _ => false,
    };

    private static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
