namespace Writ.Cli.Api;

/// <summary>How far a feed is in one log.</summary>
internal sealed record FeedLogView(string Log, string Standing, long Position, long Behind, long Delivered, string? Code = null, string? Error = null);
