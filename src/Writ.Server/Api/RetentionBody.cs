namespace Writ.Server.Api;

/// <summary>For how many days payloads are kept. Without <c>trace_days</c> those of traces are kept as long as they are now.</summary>
internal sealed record RetentionBody(int DecisionDays, int FinancialDays, int? TraceDays = null);
