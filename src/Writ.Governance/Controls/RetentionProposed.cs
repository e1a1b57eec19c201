using Writ.Governance.Retention;

namespace Writ.Governance.Controls;

/// <summary>Somebody wants it kept less long; a second person has to want the same.</summary>
public sealed record RetentionProposed(int DecisionDays, int FinancialDays, int TraceDays = RetentionTerms.UsualTraceDays) : ControlAction;
