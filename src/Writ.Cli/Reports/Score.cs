using System.Globalization;

namespace Writ.Cli.Reports;

/// <summary>A measure with what the ledger says.</summary>
/// <param name="Metric">What was measured.</param>
/// <param name="Value">In percent or microseconds; null where there is nothing to measure.</param>
internal sealed record Score(ScoreMetric Metric, decimal? Value)
{
    public bool IsWithin => Value is not { } value || (value >= Metric.Low && value <= Metric.High);

    public string Verdict => Value is not { } value ? "no data" : value < Metric.Low ? "below" : value > Metric.High ? "above" : "within";

    public string Shown => Value is not { } value ? "" : Metric.Of is null
        ? string.Create(CultureInfo.InvariantCulture, $"{value / 1_000_000m:0.##} s")
        : string.Create(CultureInfo.InvariantCulture, $"{value:0.##} %");
}
