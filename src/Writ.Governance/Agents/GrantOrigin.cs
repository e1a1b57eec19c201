using Writ.Governance.People;

namespace Writ.Governance.Agents;

/// <summary>Where a grant comes from. Immutable.</summary>
/// <param name="By">Who gave it; null for Writ itself.</param>
/// <param name="At">Since when the agent has had it without a break, UTC.</param>
public sealed record GrantOrigin(PersonId? By, DateTimeOffset At);
