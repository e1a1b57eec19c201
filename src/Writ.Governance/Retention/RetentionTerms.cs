namespace Writ.Governance.Retention;

/// <summary>For how many days what agents and servers wrote is kept, and at least as long the records of it. Immutable.</summary>
/// <param name="DecisionDays">For decisions, effects and tasks; 6 months unless changed, the least that Regulation (EU) 2024/1689 asks of logs (Articles 19 and 26).</param>
/// <param name="FinancialDays">For what moved money; 7 years unless changed.</param>
/// <param name="TraceDays">For what agents report of themselves; 90 days unless changed.</param>
public sealed record RetentionTerms(int DecisionDays, int FinancialDays, int TraceDays = RetentionTerms.UsualTraceDays)
{
    /// <summary>The longest, in days.</summary>
    public const int Longest = 36_500;

    /// <summary>For how long what agents report of themselves is kept where nobody said.</summary>
    public const int UsualTraceDays = 90;

    public static RetentionTerms Default { get; } = new(183, 2_557);

    /// <summary>What is wrong with them, or null.</summary>
    public string? Problem =>
        DecisionDays is < 1 or > Longest || FinancialDays is < 1 or > Longest || TraceDays is < 1 or > Longest
            ? $"decision_days, financial_days and trace_days: 1 to {Longest}"
            : null;

    /// <summary>Whether anything is kept for less long than under others.</summary>
    public bool IsShorterThan(RetentionTerms other) => DecisionDays < other.DecisionDays || FinancialDays < other.FinancialDays || TraceDays < other.TraceDays;

    /// <summary>How long a class is kept.</summary>
    public TimeSpan Of(RetentionClass @class) => TimeSpan.FromDays(@class switch
    {
        RetentionClass.Financial => FinancialDays,
        RetentionClass.Traces => TraceDays,
        _ => DecisionDays,
    });
}
