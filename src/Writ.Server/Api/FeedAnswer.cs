namespace Writ.Server.Api;

/// <summary>One feed.</summary>
internal sealed record FeedAnswer(FeedView Feed);
