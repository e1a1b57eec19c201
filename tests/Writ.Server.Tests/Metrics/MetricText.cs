using System.Globalization;
using System.Text.RegularExpressions;

namespace Writ.Server.Tests.Metrics;

/// <summary>
/// Reads the Prometheus text format 0.0.4 as strictly as its description goes: the form of every line, one group a family, HELP and TYPE before
/// the samples, no sample twice, histograms cumulative with <c>+Inf</c> equal to <c>_count</c>.
/// </summary>
internal static partial class MetricText
{
    /// <summary>Every sample by its name and labels, as written. Throws on the first thing that is wrong.</summary>
    public static IReadOnlyDictionary<string, double> Read(string text)
    {
        if (!text.EndsWith('\n'))
            throw new FormatException("the last line has no end");
        var (samples, types, family) = (new Dictionary<string, double>(), new Dictionary<string, string>(), "");
        foreach (var line in text[..^1].Split('\n'))
        {
            if (HelpLine().Match(line) is { Success: true } help)
            {
                family = help.Groups[1].Value;
                if (!types.TryAdd(family, ""))
                    throw new FormatException($"{family} comes twice");
            }
            else if (TypeLine().Match(line) is { Success: true } type)
            {
                if (type.Groups[1].Value != family || types[family].Length > 0)
                    throw new FormatException($"a type is out of place: {line}");
                types[family] = type.Groups[2].Value;
            }
            else if (SampleLine().Match(line) is { Success: true } sample)
            {
                var name = sample.Groups["name"].Value;
                if (types.GetValueOrDefault(family) is not { Length: > 0 } kind)
                    throw new FormatException($"no family with a type before {line}");
                if (kind == "histogram" ? name != family + "_bucket" && name != family + "_sum" && name != family + "_count" : name != family)
                    throw new FormatException($"{name} is not of {family}");
                if (kind == "counter" && !name.EndsWith("_total", StringComparison.Ordinal))
                    throw new FormatException($"the counter {name} does not say so");
                if (!samples.TryAdd(name + sample.Groups["labels"].Value, Number(sample.Groups["value"].Value)))
                    throw new FormatException($"{line} comes twice");
            }
            else
                throw new FormatException($"not a line of the format: {line}");
        }

        CheckHistograms(samples, types.Where(t => t.Value == "histogram").Select(t => t.Key));
        return samples;
    }

    private static void CheckHistograms(Dictionary<string, double> samples, IEnumerable<string> families)
    {
        foreach (var family in families)
        {
            foreach (var (series, count) in samples.Where(s => s.Key.StartsWith(family + "_count", StringComparison.Ordinal)))
            {
                var labels = series[(family.Length + "_count".Length)..];
                var buckets = samples.Where(s => s.Key.StartsWith(family + "_bucket" + labels.TrimEnd('}'), StringComparison.Ordinal)).Select(s => s.Value).ToList();
                var last = samples[$"{family}_bucket{(labels.Length == 0 ? "{" : labels[..^1] + ",")}le=\"+Inf\"}}"];
                if (!buckets.SequenceEqual(buckets.Order()) || last != count || !samples.ContainsKey(family + "_sum" + labels))
                    throw new FormatException($"the histogram {series} does not add up");
            }
        }
    }

    private static double Number(string text) =>
        text == "+Inf" ? double.PositiveInfinity : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ([^\\\n]|\\\\|\\n)+\z")]
    private static partial Regex HelpLine();

    [GeneratedRegex(@"\A# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)\z")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"\A(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{[a-zA-Z_][a-zA-Z0-9_]*=""([^""\\\n]|\\[\\""n])*""(,[a-zA-Z_][a-zA-Z0-9_]*=""([^""\\\n]|\\[\\""n])*"")*\})? (?<value>\+Inf|-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)\z")]
    private static partial Regex SampleLine();
}
