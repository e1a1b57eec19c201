using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Reviews;

/// <summary>What control actions about reviews make of an organization.</summary>
internal static class ReviewChanges
{
    /// <summary>An attestation counts from its record on, and takes the notice away.</summary>
    public static OrganizationState Review(this OrganizationState state, AgentReviewed reviewed, ControlRecord record)
    {
        var by = record.By.Person ?? throw new InvalidDataException("a review is attested by a person");
        return state.Change(reviewed.Agent, agent => agent.Lives() with
        {
            Reviews = agent.Reviews.SetItem(reviewed.Review, new AgentReview(by, Timestamp.FromMicroseconds(record.At), reviewed.Note, reviewed.Digest)),
            ReviewNotices = agent.ReviewNotices.Remove(reviewed.Review),
        });
    }

    public static OrganizationState Notice(this OrganizationState state, AgentReviewOverdue overdue, ControlRecord record)
    {
        var at = Timestamp.FromMicroseconds(record.At);
        if (record.By.Person is not null || overdue.SuspendsAt < at || overdue.SuspendsAt > at + TimeSpan.FromDays(ReviewSchedule.MaxGraceDays))
            throw new InvalidDataException($"Writ says that a review is overdue, and waits for at most {ReviewSchedule.MaxGraceDays} days");
        return state.Change(overdue.Agent, agent => ReviewSchedule.IsOverdue(agent, overdue.Review, at) && !agent.ReviewNotices.ContainsKey(overdue.Review)
            ? agent with { ReviewNotices = agent.ReviewNotices.SetItem(overdue.Review, new ReviewNotice(at, overdue.SuspendsAt)) }
            : throw new InvalidDataException($"no review of agent {agent.Id} is newly overdue"));
    }

    public static OrganizationState Change(this OrganizationState state, ReviewGraceChanged changed) =>
        changed.Days is >= 1 and <= ReviewSchedule.MaxGraceDays
            ? state with { ReviewGraceDays = changed.Days }
            : throw new InvalidDataException($"a grace of 1 to {ReviewSchedule.MaxGraceDays} days");

    /// <summary>The agent with the moment at which it was first let act, from which its reviews count.</summary>
    public static Agent ActiveFrom(this Agent agent, DateTimeOffset at) =>
        agent is { Lifecycle: AgentLifecycle.Active, ActiveSince: null } ? agent with { ActiveSince = at } : agent;
}
