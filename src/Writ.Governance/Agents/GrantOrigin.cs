using Writ.Governance.People;

namespace Writ.Governance.Agents;

/// <summary>Where a grant comes from, and whether it is on its way out. Immutable.</summary>
/// <param name="By">Who gave it; null for Writ itself.</param>
/// <param name="At">Since when the agent has had it without a break, UTC.</param>
public sealed record GrantOrigin(PersonId? By, DateTimeOffset At)
{
    /// <summary>How long a grant that is taken away in stages is still in force. A call that needs it within that time keeps it.</summary>
    public static readonly TimeSpan Stage = TimeSpan.FromDays(7);

    /// <summary>When somebody began to take it away, UTC; null where nobody did.</summary>
    public DateTimeOffset? StagedAt { get; init; }

    /// <summary>From when on it is in force no more unless a call needed it, UTC; null where it stays.</summary>
    public DateTimeOffset? LeavesAt => StagedAt + Stage;
}
