using Writ.Governance.People;

namespace Writ.Governance.Agents;

/// <summary>That an agent is stopped. Immutable.</summary>
/// <param name="Cause">Why, as a word.</param>
/// <param name="By">Who stopped it; null for Writ itself.</param>
/// <param name="At">Since when, UTC.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record Suspension(SuspensionCause Cause, PersonId? By, DateTimeOffset At, string Reason)
{
    /// <summary>Whether it takes somebody else than who stopped it to let it go on.</summary>
    public bool NeedsAnother => Cause is SuspensionCause.Kill or SuspensionCause.Quarantine;
}
