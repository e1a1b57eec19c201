using System.Globalization;
using System.Text;
using Writ.Ledger;

namespace Writ.Server.Metrics;

/// <summary>
/// Writes the Prometheus text exposition format 0.0.4: the families one after the other, each with its samples. Not thread safe.
/// </summary>
internal sealed class MetricWriter
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _families = new(StringComparer.Ordinal);
    private string _family = "";

    /// <summary>Begins a family. Every sample that follows is of it, until the next begins.</summary>
    /// <param name="name">Its name, which no family before had.</param>
    /// <param name="kind">What its samples mean.</param>
    /// <param name="help">What is counted, and the unit.</param>
    public void Family(string name, MetricKind kind, string help)
    {
        if (!_families.Add(name))
            throw new InvalidOperationException($"the family {name} is written twice");
        _family = name;
        _text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(kind.ToString().ToLowerInvariant()).Append('\n');
    }

    /// <summary>A sample of a whole number.</summary>
    public void Sample(long value, params ReadOnlySpan<(string Name, string Value)> labels) => Line("", value.ToString(CultureInfo.InvariantCulture), labels);

    /// <summary>A sample of a number.</summary>
    public void Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels) => Line("", Number(value), labels);

    /// <summary>The samples of a histogram, in seconds.</summary>
    public void Histogram(LatencyCounts counts, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        long total = 0;
        for (var i = 0; i < counts.Counts.Length; i++)
        {
            total += counts.Counts[i];
            var bound = i < LatencyHistogram.Bounds.Length ? Number(LatencyHistogram.Bounds[i].TotalSeconds) : "+Inf";
            Line("_bucket", total.ToString(CultureInfo.InvariantCulture), [.. labels, ("le", bound)]);
        }

        Line("_sum", Number(counts.Sum.TotalSeconds), labels);
        Line("_count", total.ToString(CultureInfo.InvariantCulture), labels);
    }

    public override string ToString() => _text.ToString();

    private void Line(string suffix, string value, ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(_family).Append(suffix);
        for (var i = 0; i < labels.Length; i++)
        {
            _text.Append(i == 0 ? '{' : ',').Append(labels[i].Name).Append("=\"");
            foreach (var c in labels[i].Value)
                _ = c switch { '\\' => _text.Append(@"\\"), '"' => _text.Append("\\\""), '\n' => _text.Append(@"\n"), _ => _text.Append(c) };
            _text.Append('"');
        }

        if (!labels.IsEmpty)
            _text.Append('}');
        _text.Append(' ').Append(value).Append('\n');
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
