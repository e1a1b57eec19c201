namespace Writ.Cli.Api;

/// <summary>Terms that wait for a second person.</summary>
internal sealed record RetentionDays(int DecisionDays, int FinancialDays, int TraceDays);
