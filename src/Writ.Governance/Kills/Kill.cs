using Writ.Governance.People;

namespace Writ.Governance.Kills;

/// <summary>An order that something stops at once, and stays stopped until it is lifted. Immutable.</summary>
public sealed record Kill
{
    public required Guid Id { get; init; }

    public required KillScope Scope { get; init; }

    public required string Reason { get; init; }

    public required PersonId By { get; init; }

    /// <summary>When it was ordered, which is when it came into force.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When what it is ordered for was noticed, as the person says; null where nobody said.</summary>
    public DateTimeOffset? DetectedAt { get; init; }

    /// <summary>What it ended; null until that is recorded.</summary>
    public KillToll? Toll { get; init; }

    /// <summary>Who wants it lifted, and when they said so; null while nobody does.</summary>
    public (PersonId By, DateTimeOffset At)? Lift { get; init; }

    /// <summary>By whom and when it was lifted; null while it stands.</summary>
    public (PersonId By, DateTimeOffset At)? Lifted { get; init; }

    /// <summary>From when it was noticed, or else ordered, until the last effect had ended; null until that is recorded.</summary>
    public TimeSpan? TimeToKill => Toll is { } toll ? At - (DetectedAt ?? At) + toll.After : null;
}
