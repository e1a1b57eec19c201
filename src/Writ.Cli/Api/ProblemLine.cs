namespace Writ.Cli.Api;

/// <summary>What is wrong with a line of a list.</summary>
internal sealed record ProblemLine(int Line, string? Detail = null);
