using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>The feeds of an organization.</summary>
internal sealed record FeedList(ImmutableArray<FeedView> Feeds);
