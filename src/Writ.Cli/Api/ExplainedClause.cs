namespace Writ.Cli.Api;

/// <summary>One thing a rule asks, how it fares, and what would turn it.</summary>
internal sealed record ExplainedClause
{
    public required string Text { get; init; }

    public required string Fate { get; init; }

    public string? Fault { get; init; }

    public string? Change { get; init; }

    public IReadOnlyList<ExplainedRead>? Reads { get; init; }
}
