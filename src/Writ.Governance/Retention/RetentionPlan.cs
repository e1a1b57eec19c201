using Writ.Governance.Controls;
using Writ.Governance.People;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Registry;

namespace Writ.Governance.Retention;

/// <summary>How retention is changed: longer by one person, shorter by two within <see cref="Life"/>.</summary>
public static class RetentionPlan
{
    /// <summary>How long one person's word waits for another's.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <summary>What a person's word for new terms comes to.</summary>
    /// <param name="state">The organization.</param>
    /// <param name="terms">The terms, which are sound.</param>
    /// <param name="person">Who.</param>
    /// <param name="now">The time.</param>
    /// <param name="obstacle">Why the word does not count, where it does not.</param>
    public static ControlPlan Of(OrganizationState state, RetentionTerms terms, PersonId person, DateTimeOffset now, out ConfirmationObstacle? obstacle)
    {
        obstacle = null;
        if (!state.SoloEnded || !terms.IsShorterThan(state.Retention))
            return ControlPlan.Take(new RetentionChanged(terms.DecisionDays, terms.FinancialDays, terms.TraceDays));
        if (state.RetentionProposal is not { } first || first.Terms != terms || now - first.At >= Life)
            return ControlPlan.Take(new RetentionProposed(terms.DecisionDays, terms.FinancialDays, terms.TraceDays));
        obstacle = SecondPerson.Obstacle(state, first.By, person, now);
        return obstacle is null ? ControlPlan.Take(new RetentionChanged(terms.DecisionDays, terms.FinancialDays, terms.TraceDays)) : ControlPlan.Refuse(obstacle.Text);
    }
}
