using Writ.Governance.People;

namespace Writ.Governance.Agents;

/// <summary>That an agent came to its owner because the one before left: a notice to them, until they name a backup owner or give it on. Immutable.</summary>
/// <param name="From">Who left.</param>
/// <param name="At">When, UTC.</param>
public sealed record Succession(PersonId From, DateTimeOffset At);
