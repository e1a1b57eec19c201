using Writ.Governance.Agents;
using Writ.Governance.Registry;
using Writ.Governance.Reviews;

namespace Writ.Server.Api;

/// <summary>How a review of an agent stands: when it is due, whether it is overdue and when that suspends the agent, who did the last, and of what.</summary>
internal sealed record ReviewView(
    AgentId Agent, string Name, string Owner, ReviewKind Review, DateTimeOffset DueAt, bool Overdue, DateTimeOffset? SuspendsAt, string? ReviewedBy, DateTimeOffset? ReviewedAt, string? Note,
    string Digest, bool ChangedSince)
{
    public static ReviewView? Of(OrganizationState state, Agent agent, ReviewKind kind, DateTimeOffset now)
    {
        if (ReviewSchedule.DueAt(agent, kind) is not { } due)
            return null;
        var (last, digest) = (agent.Reviews.GetValueOrDefault(kind), ReviewSubject.DigestOf(state, agent, kind));
        return new ReviewView(
            agent.Id, agent.Name, agent.Owner.ToString(), kind, due, due <= now, agent.ReviewNotices.GetValueOrDefault(kind)?.SuspendsAt, last?.By.ToString(), last?.At, last?.Note, digest,
            last is not null && last.Digest != digest);
    }
}
