using Writ.Server.Feeds;

namespace Writ.Server.Api;

/// <summary>How far a feed is in one log.</summary>
internal sealed record FeedLogView(string Log, string Standing, long Position, long Behind, long Delivered)
{
    public DateTimeOffset? DeliveredAt { get; init; }

    public int? Failures { get; init; }

    public DateTimeOffset? FailingSince { get; init; }

    public DateTimeOffset? NextTryAt { get; init; }

    public string? Code { get; init; }

    public string? Error { get; init; }

    public static FeedLogView Of(FollowedLog followed) => followed.State is var state
        ? new FeedLogView(followed.Log, state.Standing.ToString().ToLowerInvariant(), (long)state.Position, (long)state.Behind, state.Delivered)
        {
            DeliveredAt = state.DeliveredAt,
            Failures = state.Failures > 0 ? state.Failures : null,
            FailingSince = state.FailingSince,
            NextTryAt = state.NextTryAt,
            Code = state.Code,
            Error = state.Error,
        }
        : throw new InvalidOperationException();
}
