using Writ.Governance.Feeds;

namespace Writ.Server.Feeds;

/// <summary>One of the logs that a feed sends, and how it stands.</summary>
/// <param name="Log"><c>decisions</c> or <c>control</c>.</param>
/// <param name="State">How far it is.</param>
internal sealed record FollowedLog(string Log, FeedState State);
