using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary>How long payloads are kept, and the shorter terms that wait for a second person.</summary>
internal sealed record RetentionView(int DecisionDays, int FinancialDays, RetentionBody? Proposed, string? ProposedBy)
{
    public static RetentionView Of(OrganizationState state) => new(
        state.Retention.DecisionDays,
        state.Retention.FinancialDays,
        state.RetentionProposal is { } waits ? new RetentionBody(waits.Terms.DecisionDays, waits.Terms.FinancialDays) : null,
        state.RetentionProposal?.By.ToString());
}
