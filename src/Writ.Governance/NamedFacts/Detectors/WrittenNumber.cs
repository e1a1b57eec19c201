using System.Globalization;

namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>
/// Reads numbers as people write them. Where a separator may part thousands or a fraction, the larger reading counts, since facts of
/// this kind are held against a ceiling.
/// </summary>
internal static class WrittenNumber
{
    /// <summary>A number in a text that <see cref="DetectorInput.Seen"/> folded; linear, for expressions that do not backtrack.</summary>
    public const string Pattern = @"[0-9]+(?:[ .,'][0-9]+)*";

    private const NumberStyles Plain = NumberStyles.AllowDecimalPoint;

    private static readonly Dictionary<string, int> Words = new(StringComparer.Ordinal)
    {
        ["zero"] = 0, ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9,
        ["ten"] = 10, ["eleven"] = 11, ["twelve"] = 12, ["thirteen"] = 13, ["fourteen"] = 14, ["fifteen"] = 15, ["sixteen"] = 16,
        ["seventeen"] = 17, ["eighteen"] = 18, ["nineteen"] = 19, ["twenty"] = 20, ["thirty"] = 30, ["forty"] = 40, ["fifty"] = 50,
        ["sixty"] = 60, ["seventy"] = 70, ["eighty"] = 80, ["ninety"] = 90, ["hundred"] = 100, ["thousand"] = 1000,
    };

    /// <summary>Number words with blanks or hyphens between them.</summary>
    public static string WordPattern { get; } = $"(?:{string.Join('|', Words.Keys)})(?:[ -]+(?:(?:and|{string.Join('|', Words.Keys)})))*";

    /// <summary>The largest reading; null where it is none, or beyond what a decimal of Cedar holds.</summary>
    public static decimal? Largest(string text)
    {
        // "2 20" is two numbers, "2 200" may be one: a blank parts thousands only before exactly three digits.
        var parts = text.Split(' ');
        var joined = parts.Length > 1 && parts[1..].All(p => p.TakeWhile(char.IsAsciiDigit).Count() == 3) ? string.Concat(parts) : parts[^1];
        decimal? largest = null;
        foreach (var reading in Readings(joined.Replace("'", "", StringComparison.Ordinal)))
        {
            if (!decimal.TryParse(reading, Plain, CultureInfo.InvariantCulture, out var value) || value > 900_000_000_000_000m)
                return null;
            largest = Math.Max(value, largest ?? 0);
        }

        return largest;
    }

    /// <summary>The value of number words, such as "twenty five" or "one hundred and ten".</summary>
    public static decimal OfWords(string words)
    {
        var (sum, group) = (0m, 0m);
        foreach (var word in words.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries).Where(w => w != "and").Take(16))
        {
            var value = Words[word];
            if (value == 1000)
                (sum, group) = (sum + (Math.Max(group, 1) * 1000), 0);
            else
                group = value == 100 ? Math.Max(group, 1) * 100 : group + value;
        }

        return sum + group;
    }

    private static IEnumerable<string> Readings(string text)
    {
        var (commas, points) = (text.Count(c => c == ','), text.Count(c => c == '.'));
        if (commas <= 1 && points == 0)
            yield return text.Replace(',', '.');
        if (points <= 1 && commas == 0)
            yield return text;
        if (points > 0 && commas == 1 && text.LastIndexOf('.') < text.IndexOf(','))
            yield return text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.');
        if (commas > 0 && points == 1 && text.LastIndexOf(',') < text.IndexOf('.'))
            yield return text.Replace(",", "", StringComparison.Ordinal);
        if (text.Split([',', '.'])[1..].All(group => group.Length == 3))
            yield return text.Replace(",", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
    }
}
