namespace Writ.Cli.Api;

/// <summary>How long payloads are kept, as the server tells it.</summary>
internal sealed record RetentionView(int DecisionDays, int FinancialDays, int TraceDays, RetentionDays? Proposed = null, string? ProposedBy = null);
