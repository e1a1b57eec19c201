namespace Writ.Cli.Api;

/// <summary>Where a decision's record lies in its log.</summary>
internal sealed record DecisionPlace(string Id, ulong Index);
