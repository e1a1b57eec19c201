namespace Writ.Cli.Api;

/// <summary>The decision points of an organization.</summary>
internal sealed record PointList(IReadOnlyList<PointView> Points);
