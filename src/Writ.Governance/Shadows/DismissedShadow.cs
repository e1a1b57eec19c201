using Writ.Governance.People;

namespace Writ.Governance.Shadows;

/// <summary>That somebody looked at a shadow agent and wants to see it no more. Immutable.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record DismissedShadow(PersonId By, DateTimeOffset At, string Reason)
{
    /// <summary>The most of an organization; another forgets the oldest.</summary>
    public const int MostOfAnOrganization = 1_000;
}
