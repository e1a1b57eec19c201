namespace Writ.Cli.Api;

/// <summary>A wrong place in a bundle.</summary>
internal sealed record ProblemSpot(string? File = null, int Line = 0, int Column = 0, string? Message = null, string? Code = null);
