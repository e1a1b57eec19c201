namespace Writ.Cli.Reports;

/// <summary>A measure of governance: what share, or how long, and between what bounds that is healthy.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Query">What is counted, or measured: its answer is one row, its value the row's last number.</param>
/// <param name="Of">What it is a share of; null where the value stands for itself.</param>
/// <param name="Low">The least that is healthy, in percent or microseconds.</param>
/// <param name="High">The most.</param>
/// <param name="Band">The band for people.</param>
internal sealed record ScoreMetric(string Name, string Query, string? Of, decimal Low, decimal High, string Band);
