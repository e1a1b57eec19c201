using Writ.Governance.Controls;
using Writ.Governance.People;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Registry;

namespace Writ.Governance.Holds;

/// <summary>How a hold is lifted: one person says so, another within <see cref="Life"/> does it.</summary>
public static class HoldLifting
{
    /// <summary>How long one person's word waits for another's.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <summary>What a person's word that a hold be lifted comes to.</summary>
    /// <param name="state">The organization.</param>
    /// <param name="name">The hold, which there is.</param>
    /// <param name="reason">Why, for the record.</param>
    /// <param name="person">Who.</param>
    /// <param name="now">The time.</param>
    /// <param name="obstacle">Why the word does not count, where it does not.</param>
    public static ControlPlan Plan(OrganizationState state, string name, string reason, PersonId person, DateTimeOffset now, out ConfirmationObstacle? obstacle)
    {
        obstacle = null;
        if (!state.SoloEnded)
            return ControlPlan.Take(new HoldLiftProposed(name, reason), new HoldLifted(name));
        if (state.Holds[name].Lift is not { } first || now - first.At >= Life)
            return ControlPlan.Take(new HoldLiftProposed(name, reason));
        obstacle = SecondPerson.Obstacle(state, first.By, person, now);
        return obstacle is null ? ControlPlan.Take(new HoldLifted(name)) : ControlPlan.Refuse(obstacle.Text);
    }
}
