namespace Writ.Cli.Api;

/// <summary>Decisions, newest first.</summary>
internal sealed record DecisionList(IReadOnlyList<DecisionView> Decisions);
