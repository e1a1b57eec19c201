using Writ.Governance.People;

namespace Writ.Governance.Agents;

/// <summary>That somebody is asked to answer for an agent. It changes nothing until that person accepts. Immutable.</summary>
/// <param name="To">Who is asked.</param>
/// <param name="By">Who asks; null for Writ itself.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Reason">Why.</param>
public sealed record OwnershipOffer(PersonId To, PersonId? By, DateTimeOffset At, string Reason)
{
    /// <summary>How long it can be accepted.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <summary>Whether it can still be accepted at a moment.</summary>
    public bool IsOpenAt(DateTimeOffset now) => now - At < Life;
}
