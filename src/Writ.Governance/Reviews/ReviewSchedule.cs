using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Registry;

namespace Writ.Governance.Reviews;

/// <summary>When reviews are due. A pure function of the registry and the time.</summary>
public static class ReviewSchedule
{
    /// <summary>How long an organization waits after a notice before it suspends, unless it says otherwise.</summary>
    public const int DefaultGraceDays = 14;

    /// <summary>The longest that it may wait.</summary>
    public const int MaxGraceDays = 90;

    /// <summary>Every kind there is.</summary>
    public static ImmutableArray<ReviewKind> Kinds { get; } = [ReviewKind.Permissions, ReviewKind.Instructions, ReviewKind.Tools];

    /// <summary>How long a review of a kind holds.</summary>
    public static TimeSpan Every(ReviewKind kind) => TimeSpan.FromDays(kind == ReviewKind.Permissions ? 30 : 90);

    /// <summary>When the next review of a kind is due; null for an agent that never acted. It counts from the last one, or from when the agent was first active.</summary>
    public static DateTimeOffset? DueAt(Agent agent, ReviewKind kind)
    {
        ArgumentNullException.ThrowIfNull(agent);
        var last = agent.Reviews.GetValueOrDefault(kind)?.At;
        return agent.ActiveSince is { } since ? (last > since ? last.Value : since) + Every(kind) : null;
    }

    /// <summary>Whether a review of a kind should have been by now.</summary>
    public static bool IsOverdue(Agent agent, ReviewKind kind, DateTimeOffset now) => DueAt(agent, kind) <= now;

    /// <summary>The kinds for which an agent is to be suspended, or stays so: overdue, said to be, and waited for long enough.</summary>
    public static IEnumerable<ReviewKind> Expired(Agent agent, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return Kinds.Where(kind => IsOverdue(agent, kind, now) && agent.ReviewNotices.TryGetValue(kind, out var notice) && notice.SuspendsAt <= now);
    }
}
