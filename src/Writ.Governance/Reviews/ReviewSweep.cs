using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Registry;

namespace Writ.Governance.Reviews;

/// <summary>
/// Escalates reviews that are overdue: first a notice on record, then, after the organization's grace, the agent is suspended. Asked from time to time;
/// does a bounded part each time. Thread safe.
/// </summary>
public sealed class ReviewSweep(ControlService controls, RegistryHolder registry, TimeProvider time)
{
    /// <summary>The most that is done of one organization each time.</summary>
    public const int MostAtOnce = 50;

    /// <summary>Does what is due now.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        foreach (var (organization, state) in registry.Current.Organizations)
        {
            var now = time.GetUtcNow();
            var due = state.Agents.Values.Where(agent => agent.Lifecycle == AgentLifecycle.Active && IsDue(agent, now)).Select(agent => agent.Id).Order(Comparer<AgentId>.Create((a, b) => a.Value.CompareTo(b.Value)));
            foreach (var agent in due.Take(MostAtOnce))
                await controls.TakeAsync(organization, null, Presence.Installation, seen => ControlPlan.Take([.. Steps(seen!, agent, time.GetUtcNow())]), cancellation);
        }
    }

    private static bool IsDue(Agent agent, DateTimeOffset now) =>
        ReviewSchedule.Kinds.Any(kind => ReviewSchedule.IsOverdue(agent, kind, now) && !agent.ReviewNotices.ContainsKey(kind)) || ReviewSchedule.Expired(agent, now).Any();

    /// <summary>A suspension alone, so that it is in force before anything waits for the disk; else the notices.</summary>
    private static IEnumerable<ControlAction> Steps(OrganizationState state, AgentId id, DateTimeOffset now)
    {
        if (!state.Agents.TryGetValue(id, out var agent) || agent.Lifecycle != AgentLifecycle.Active)
            return [];
        var expired = ReviewSchedule.Expired(agent, now).ToArray();
        return expired.Length > 0
            ? [new AgentLifecycleChanged(id, AgentLifecycle.Suspended, $"review overdue: {string.Join(", ", expired.Select(kind => kind.ToString().ToLowerInvariant()))}", SuspensionCause.OverdueReview)]
            : from kind in ReviewSchedule.Kinds
              where ReviewSchedule.IsOverdue(agent, kind, now) && !agent.ReviewNotices.ContainsKey(kind)
              select new AgentReviewOverdue(id, kind, ReviewSchedule.DueAt(agent, kind)!.Value, now.AddDays(state.ReviewGraceDays));
    }
}
