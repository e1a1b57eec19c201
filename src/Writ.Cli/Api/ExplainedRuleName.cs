namespace Writ.Cli.Api;

/// <summary>Which rule, and where it is written.</summary>
internal sealed record ExplainedRuleName(string Name, string Kind, string? File, int Line);
