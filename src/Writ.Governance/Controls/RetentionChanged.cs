using Writ.Governance.Retention;

namespace Writ.Governance.Controls;

/// <summary>What agents and servers wrote is kept for this long from here on.</summary>
public sealed record RetentionChanged(int DecisionDays, int FinancialDays, int TraceDays = RetentionTerms.UsualTraceDays) : ControlAction;
