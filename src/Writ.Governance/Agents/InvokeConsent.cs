using Writ.Governance.People;

namespace Writ.Governance.Agents;

/// <summary>
/// That people who do not own an agent may ask it to work: both sides have to say so, and either takes it back. Immutable.
/// </summary>
/// <param name="Id">Names it; minted by Writ.</param>
/// <param name="Who">Who may.</param>
/// <param name="By">Who offered it, for the agent's side.</param>
/// <param name="At">When, UTC.</param>
/// <param name="ExpiresAt">From when on it does not hold any more, UTC.</param>
/// <param name="AcceptedBy">Who accepted it, for the other side; null while nobody did.</param>
public sealed record InvokeConsent(Guid Id, InvokeParty Who, PersonId? By, DateTimeOffset At, DateTimeOffset ExpiresAt, PersonId? AcceptedBy = null)
{
    /// <summary>The most consents of one agent that have not expired.</summary>
    public const int MostOfAnAgent = 200;

    /// <summary>The longest that one holds.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Whether it holds at a moment.</summary>
    public bool HoldsAt(DateTimeOffset now) => AcceptedBy is not null && now < ExpiresAt;
}
