namespace Writ.Cli.Api;

/// <summary>An error answer, RFC 9457.</summary>
internal sealed record ProblemDocument(string? Title = null, string? Detail = null, string? Code = null, IReadOnlyList<ProblemSpot>? Problems = null, IReadOnlyList<ProblemLine>? Lines = null);
