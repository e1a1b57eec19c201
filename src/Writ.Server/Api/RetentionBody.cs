namespace Writ.Server.Api;

/// <summary>For how many days payloads are kept.</summary>
internal sealed record RetentionBody(int DecisionDays, int FinancialDays);
