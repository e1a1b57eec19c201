namespace Writ.Cli.Api;

/// <summary>One decision point.</summary>
internal sealed record PointAnswer(PointView Point);
