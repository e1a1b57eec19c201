using System.Text.RegularExpressions;
using Writ.Cedar.Values;

namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>
/// Prices in text: <c>€ 49,90</c>, <c>1.299,00 EUR</c>, <c>$1.5k</c>, "20 dollars". The largest of them in whatever currency, and the
/// currencies. Nothing found is a count of 0; a number that cannot be read makes the fact unavailable.
/// </summary>
internal static class PriceDetector
{
    private const string Money = @"(?:€|\$|£|¥|₹|eur|usd|gbp|chf|jpy|inr|cad|aud|euros?|dollars?|pounds?|francs?|yen|rupees?)";
    private const string Scale = "(k|thousand|mio|million)?";
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
    private static readonly Regex Leading = new($@"({Money}) ?({WrittenNumber.Pattern}) ?{Scale}", Linear);
    private static readonly Regex Trailing = new($@"({WrittenNumber.Pattern}) ?{Scale}(?:,-|\.-|-)? ?({Money})", Linear);

    public static Value Detect(DetectorInput input)
    {
        if (input.Texts() is not { } texts)
            return DetectorInput.NoText;
        var found = new List<decimal?>();
        var currencies = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var text in texts.Select(DetectorInput.Seen))
        {
            foreach (Match match in Leading.Matches(text))
                Add(match.Groups[2].Value, match.Groups[3].Value, match.Groups[1].Value);
            foreach (Match match in Trailing.Matches(text))
                Add(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
        }

        return Amounts.Max(found) is { } max
            ? RecordValue.Of(("count", found.Count), ("currencies", DetectorInput.Set(currencies)), ("max", max))
            : new PoisonValue("the text holds a price that cannot be read");

        void Add(string number, string scale, string currency)
        {
            found.Add(WrittenNumber.Largest(number) * scale switch { "" => 1, "k" or "thousand" => 1_000, _ => 1_000_000 });
            currencies.Add(CodeOf(currency));
        }
    }

    private static string CodeOf(string currency) => currency switch
    {
        "€" or "euro" or "euros" => "EUR",
        "$" or "dollar" or "dollars" => "USD",
        "£" or "pound" or "pounds" => "GBP",
        "¥" or "yen" => "JPY",
        "₹" or "rupee" or "rupees" => "INR",
        "franc" or "francs" => "CHF",
        _ => currency.ToUpperInvariant(),
    };
}
