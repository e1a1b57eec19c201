namespace Writ.Cli.Api;

/// <summary>The feeds of an organization.</summary>
internal sealed record FeedList(IReadOnlyList<FeedView> Feeds);
