namespace Writ.Cli.Api;

/// <summary>What lint found, as the API says it.</summary>
internal sealed record LintView(IReadOnlyList<LintFindingView> Findings);
