namespace Writ.Cli.Api;

/// <summary>Reviews, the ones due first at the head.</summary>
internal sealed record ReviewList(IReadOnlyList<ReviewView> Reviews, int GraceDays);
