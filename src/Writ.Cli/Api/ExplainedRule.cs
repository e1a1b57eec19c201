namespace Writ.Cli.Api;

/// <summary>How a rule fares with an action.</summary>
internal sealed record ExplainedRule
{
    public required ExplainedRuleName Rule { get; init; }

    public required string Fate { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyList<ExplainedClause>? Clauses { get; init; }
}
