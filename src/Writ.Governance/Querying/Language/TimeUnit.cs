namespace Writ.Governance.Querying.Language;

/// <summary>How times are put together into groups, UTC.</summary>
public enum TimeUnit
{
    Hour,
    Day,
    Month,
}
