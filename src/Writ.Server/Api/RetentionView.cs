using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary>How long payloads are kept, and the shorter terms that wait for a second person.</summary>
internal sealed record RetentionView(int DecisionDays, int FinancialDays, int TraceDays, RetentionBody? Proposed, string? ProposedBy)
{
    public static RetentionView Of(OrganizationState state) => new(
        state.Retention.DecisionDays,
        state.Retention.FinancialDays,
        state.Retention.TraceDays,
        state.RetentionProposal is { Terms: var terms } ? new RetentionBody(terms.DecisionDays, terms.FinancialDays, terms.TraceDays) : null,
        state.RetentionProposal?.By.ToString());
}
