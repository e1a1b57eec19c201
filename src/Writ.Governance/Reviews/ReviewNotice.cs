namespace Writ.Governance.Reviews;

/// <summary>That a review is overdue, and was said to be. Immutable.</summary>
/// <param name="At">Since when that is on record, UTC.</param>
/// <param name="SuspendsAt">When the agent is suspended for it, UTC.</param>
public sealed record ReviewNotice(DateTimeOffset At, DateTimeOffset SuspendsAt);
