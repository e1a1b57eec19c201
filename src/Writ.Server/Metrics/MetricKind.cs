namespace Writ.Server.Metrics;

/// <summary>What the samples of a family mean.</summary>
internal enum MetricKind
{
    /// <summary>Only ever grows, until the process starts again.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts in cumulative buckets.</summary>
    Histogram,
}
