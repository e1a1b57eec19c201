using Writ.Governance.Kills;

namespace Writ.Server.Api;

/// <summary>A kill as people see it. Times to a microsecond; <c>calls</c> and <c>stopped_after_us</c> once what was under way is over.</summary>
internal sealed record KillView
{
    public required Guid Id { get; init; }

    public required string Scope { get; init; }

    public required string Reason { get; init; }

    public required string OrderedBy { get; init; }

    public required DateTimeOffset OrderedAt { get; init; }

    public DateTimeOffset? DetectedAt { get; init; }

    public int? Calls { get; init; }

    public long? StoppedAfterUs { get; init; }

    /// <summary>From when it was noticed, or else ordered, until the last effect was over.</summary>
    public long? TimeToKillUs { get; init; }

    public string? LiftProposedBy { get; init; }

    public string? LiftedBy { get; init; }

    public DateTimeOffset? LiftedAt { get; init; }

    public static KillView Of(Kill kill) => new()
    {
        Id = kill.Id,
        Scope = kill.Scope.ToString(),
        Reason = kill.Reason,
        OrderedBy = kill.By.ToString(),
        OrderedAt = kill.At,
        DetectedAt = kill.DetectedAt,
        Calls = kill.Toll?.Calls,
        StoppedAfterUs = (long?)kill.Toll?.After.TotalMicroseconds,
        TimeToKillUs = (long?)kill.TimeToKill?.TotalMicroseconds,
        LiftProposedBy = kill.Lift?.By.ToString(),
        LiftedBy = kill.Lifted?.By.ToString(),
        LiftedAt = kill.Lifted?.At,
    };
}
