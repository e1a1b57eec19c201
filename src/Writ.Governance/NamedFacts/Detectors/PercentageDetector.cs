using System.Text.RegularExpressions;
using Writ.Cedar.Values;

namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>
/// Percentages in text: <c>20 %</c>, <c>12,5%</c>, <c>%20</c>, "twenty percent", "half price"; of a range, both ends. Nothing
/// found is a count of 0 and a maximum of 0; a number that cannot be read makes the fact unavailable.
/// </summary>
internal static class PercentageDetector
{
    private const string Sign = @"(?:%|‰|percent|per ?cents?|pct|prozent|procent|pour ?cent|por ?ciento|per ?cento)";
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
    private static readonly Regex Digits = new($@"(?:({WrittenNumber.Pattern}) ?(?:-|to|bis|until) ?)?({WrittenNumber.Pattern}) *-? *({Sign})", Linear);
    private static readonly Regex Before = new($@"(?:^|[ (])% ?({WrittenNumber.Pattern})", Linear);
    private static readonly Regex Spelled = new($@"({WrittenNumber.WordPattern}) *-? *{Sign}", Linear);
    private static readonly Regex Half = new(@"half[ -]*(?:off|price|the price|of the price)", Linear);

    public static Value Detect(DetectorInput input)
    {
        if (input.Texts() is not { } texts)
            return DetectorInput.NoText;
        var found = new List<decimal?>();
        foreach (var text in texts.Select(DetectorInput.Seen))
        {
            foreach (Match match in Digits.Matches(text))
            {
                var scale = match.Groups[3].Value == "‰" ? 10m : 1m;
                found.AddRange(match.Groups.Cast<Group>().Skip(1).Take(2).Where(g => g.Success).Select(g => WrittenNumber.Largest(g.Value) / scale));
            }

            found.AddRange(Before.Matches(text).Select(m => WrittenNumber.Largest(m.Groups[1].Value)));
            found.AddRange(Spelled.Matches(text).Select(m => (decimal?)WrittenNumber.OfWords(m.Groups[1].Value)));
            found.AddRange(Half.Matches(text).Select(_ => (decimal?)50));
        }

        return Amounts.Max(found) is { } max
            ? RecordValue.Of(("count", found.Count), ("max", max))
            : new PoisonValue("the text holds a percentage that cannot be read");
    }
}
