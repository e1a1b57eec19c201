namespace Writ.Cli.Api;

/// <summary>One finding.</summary>
internal sealed record LintFindingView(string Check, string Severity, string Rule, string File, int Line, int Column, string Message);
