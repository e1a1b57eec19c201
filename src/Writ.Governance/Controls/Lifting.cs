using Writ.Governance.People;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Registry;

namespace Writ.Governance.Controls;

/// <summary>How what holds something back is lifted, a legal hold or a kill: one person says so, another within <see cref="Life"/> does it.</summary>
public static class Lifting
{
    /// <summary>How long one person's word waits for another's.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <summary>What a person's word comes to.</summary>
    /// <param name="state">The organization.</param>
    /// <param name="first">Who said it before, and when; null when nobody did.</param>
    /// <param name="proposal">The first person's word.</param>
    /// <param name="lift">The second's.</param>
    /// <param name="person">Who says it now.</param>
    /// <param name="now">The time.</param>
    /// <param name="obstacle">Why the word does not count, where it does not.</param>
    public static ControlPlan Plan(
        OrganizationState state, (PersonId By, DateTimeOffset At)? first, ControlAction proposal, ControlAction lift, PersonId person, DateTimeOffset now,
        out ConfirmationObstacle? obstacle)
    {
        obstacle = null;
        if (!state.SoloEnded)
            return ControlPlan.Take(proposal, lift);
        if (first is not { } said || now - said.At >= Life)
            return ControlPlan.Take(proposal);
        obstacle = SecondPerson.Obstacle(state, said.By, person, now);
        return obstacle is null ? ControlPlan.Take(lift) : ControlPlan.Refuse(obstacle.Text);
    }
}
